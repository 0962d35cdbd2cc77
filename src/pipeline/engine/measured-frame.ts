import type { Size } from '../../geometry/index.ts';
import type { TaskFault } from '../protocol.ts';
import type { StartMeter } from './start-meter.ts';

const measuredRuns = 3;

/** Runs everything once on a bitmap, which it closes, and says what failed. `onDone` is called after each model. */
export type RunAll = (bitmap: ImageBitmap, onDone: () => void) => Promise<readonly TaskFault[]>;

/**
 * Runs the engine on grey frames: the first compiles shaders and fills caches, the others are timed.
 *
 * @param inHaste times the first run and no other: somebody waits for the engine, whatever its speed
 * @returns median milliseconds of a frame. Throws Error when the models fail on it.
 */
export async function measuredFrameMs(runAll: RunAll, size: Size, meter: StartMeter, inHaste: boolean): Promise<number> {
  meter.enter('warm-up');
  const times: number[] = [];
  const firstMs = await timed(runAll, size, () => meter.alive('warm-up'));
  if (inHaste) times.push(firstMs);
  else {
    for (let i = 0; i < measuredRuns; i++) {
      meter.enter('measure', (0.15 * i) / measuredRuns);
      times.push(await timed(runAll, size, () => meter.alive('measure')));
    }
  }
  meter.enter('measure', 0.15);
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
}

async function timed(runAll: RunAll, size: Size, onDone: () => void): Promise<number> {
  const frame = greyFrame(size);
  const startMs = performance.now();
  const [fault] = await runAll(frame, onDone);
  if (fault) throw new Error(`${fault.task}: ${fault.failure.detail}`);
  return performance.now() - startMs;
}

export function greyFrame({ width, height }: Size): ImageBitmap {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser has no 2d canvas in workers');
  context.fillStyle = '#808080';
  context.fillRect(0, 0, width, height);
  return canvas.transferToImageBitmap();
}
