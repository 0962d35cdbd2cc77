import type { FrameInfo, Size } from '../../geometry/index.ts';
import type { FrameResult } from '../protocol.ts';
import type { StartMeter } from './start-meter.ts';

const measuredRuns = 3;

/**
 * Runs the engine on grey frames: the first compiles shaders and fills caches, the others are timed.
 *
 * @returns median milliseconds of a frame. Throws Error when the models fail on it.
 */
export async function measuredFrameMs(
  process: (info: FrameInfo, bitmap: ImageBitmap) => Promise<FrameResult>,
  size: Size,
  meter: StartMeter,
): Promise<number> {
  meter.enter('warm-up');
  await process({ id: -1, tMs: 0, size }, greyFrame(size));
  const times: number[] = [];
  for (let i = 0; i < measuredRuns; i++) {
    meter.enter('measure', (0.15 * i) / measuredRuns);
    const result = await process({ id: -1, tMs: 0, size }, greyFrame(size));
    const fault = result.faults[0];
    if (fault) throw new Error(`${fault.task}: ${fault.failure.detail}`);
    times.push(result.timings.totalMs);
  }
  meter.enter('measure', 0.15);
  return times.sort((a, b) => a - b)[Math.floor(measuredRuns / 2)] as number;
}

function greyFrame({ width, height }: Size): ImageBitmap {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser has no 2d canvas in workers');
  context.fillStyle = '#808080';
  context.fillRect(0, 0, width, height);
  return canvas.transferToImageBitmap();
}
