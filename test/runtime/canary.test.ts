import { memory, tensor4d } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canaryPixels } from '../../src/runtime/canary-answer.ts';
import { checkCanaryNetwork } from '../../src/runtime/tensor/canary-network.ts';
import type { BackendFault } from '../faults/backend-faults.ts';
import { breakBackend } from '../faults/backend-faults.ts';
import { useBackend } from '../support/node-backend.ts';

function inputOf(rgba: Uint8ClampedArray): Tensor4D {
  const numbers = Array.from(rgba).flatMap((value, i) => (i % 4 === 3 ? [] : [value / 255]));
  return tensor4d(numbers, [1, 8, 8, 3]);
}

async function check(seed: number): Promise<string> {
  const rgba = canaryPixels(seed);
  const input = inputOf(rgba);
  try {
    const checked = await checkCanaryNetwork(input, rgba, seed);
    return checked.ok ? 'right' : checked.failure.code;
  } catch {
    return 'threw';
  } finally {
    input.dispose();
  }
}

for (const backend of ['cpu', 'wasm'] as const) {
  describe(`the canary on ${backend}`, () => {
    let before = 0;
    beforeAll(async () => {
      await useBackend(backend);
      before = memory().numTensors;
    });
    afterAll(() => {
      expect(memory().numTensors).toBe(before);
    });

    it('sings on two hundred networks that it never saw', async () => {
      for (let seed = 0; seed < 200; seed++) expect(await check(seed), `seed ${seed}`).toBe('right');
    });

    const outcomes: Readonly<Record<Exclude<BackendFault, 'hangs' | 'memory'>, string>> = { zeros: 'backend-wrong-numbers', nan: 'backend-wrong-numbers', frozen: 'backend-wrong-numbers', throws: 'threw', shader: 'threw' };
    for (const [fault, outcome] of Object.entries(outcomes) as [Exclude<BackendFault, 'hangs' | 'memory'>, string][]) {
      it(`falls silent on a backend with ${fault}, and sings again when it is mended`, async () => {
        const mend = breakBackend(fault);
        try {
          // What is frozen was right once.
          if (fault === 'frozen') expect(await check(999)).toBe('right');
          for (let seed = 1000; seed < 1100; seed++) expect(await check(seed), `seed ${seed}`).toBe(outcome);
        } finally {
          mend();
        }
        expect(await check(1100)).toBe('right');
      });
    }
  });
}

it('sees a picture that is not the one that was given', async () => {
  await useBackend('cpu');
  const wrong = inputOf(canaryPixels(1));
  expect(await checkCanaryNetwork(wrong, canaryPixels(2), 2)).toMatchObject({ ok: false });
  wrong.dispose();
});
