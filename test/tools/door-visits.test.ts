import { beforeAll, expect, it } from 'vitest';
import type { Descriptor } from '../../src/faces/index.ts';
import type { FrameResult } from '../../src/pipeline/index.ts';
import { usualDescriptorId } from '../../src/runtime/index.ts';
import { loadRooms } from '../../tools/measure/door/load-rooms.ts';
import type * as Rooms from '../../tools/measure/door/rooms.ts';

let rooms: typeof Rooms;
beforeAll(async () => {
  rooms = await loadRooms();
}, 120_000);

/** Numbers of the shipped network's length, by a direction. */
function face(seed: number): Descriptor {
  return { modelId: usualDescriptorId, values: Float32Array.from({ length: 128 }, (_, i) => Math.sin((i + 1) * seed) / 8) };
}

interface Seen {
  readonly descriptor: Descriptor;
  readonly instruction?: 'ok' | 'come-closer';
}

/** What the engine would say of a still with these faces. */
function stillOf(faces: readonly Seen[]): FrameResult {
  return {
    ...{ frameId: 1, tMs: 0, size: { width: 250, height: 250 }, objects: [], poses: [], runs: [], faults: [], timings: { totalMs: 20 }, dropped: 0, backend: 'wasm' },
    faces: faces.map(({ descriptor, instruction = 'ok' }, at) => ({
      ...{ score: 0.9, box: { x1: 0.1 + at * 0.4, y1: 0.2, x2: 0.4 + at * 0.4, y2: 0.7 }, trackId: null, landmarks: null, mesh: null },
      facts: { yawRad: 0.1, pitchRad: 0.1, rollRad: 0, leftEyeOpen: 0.8, rightEyeOpen: 0.8, mouthOpen: 0, smile: 0.1, gaze: 'ahead', blinks: 0 },
      evidence: { tMs: 0, verdict: { instruction, quality: instruction === 'ok' ? 0.8 : 0, measures: null }, descriptor, liveness: null, antispoof: null, moire: null, chip: null },
    })),
  };
}

function visit(...faces: readonly Seen[]) {
  const comparison = rooms.comparisonOf(usualDescriptorId);
  if (!comparison) throw new Error('the descriptor has no rule');
  return rooms.playVisit(face(1), stillOf(faces), comparison);
}

it('opens once for the face that was enrolled', async () => {
  expect(await visit({ descriptor: face(1) })).toEqual({ pulses: 1, said: 'granted' });
});

it('opens for no other face, though name, move and PIN are right', async () => {
  expect(await visit({ descriptor: face(2) })).toEqual({ pulses: 0, said: 'not-recognised' });
});

it('opens for nobody by a shot that the gate refuses, and says what to do', async () => {
  expect(await visit({ descriptor: face(1), instruction: 'come-closer' })).toEqual({ pulses: 0, said: 'come-closer' });
});

it('opens for nobody while two people stand there', async () => {
  expect(await visit({ descriptor: face(1) }, { descriptor: face(1) })).toEqual({ pulses: 0, said: 'one-person-only' });
});
