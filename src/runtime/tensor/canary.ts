import type { Result } from '../../base/index.ts';
import { err, messageOf } from '../../base/index.ts';
import { canaryPixels, canarySidePx } from '../canary-answer.ts';
import type { CanaryFailure } from './canary-network.ts';
import { checkCanaryNetwork } from './canary-network.ts';
import { InputSampler } from './input-sampler.ts';

const side = { width: canarySidePx, height: canarySidePx };
const identity = { input: side, frameToInput: { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 } };

/**
 * A small picture that goes the whole way of a frame, from a bitmap over the sampler and the backend to numbers on the
 * processor, and whose answer is known. It takes a few milliseconds.
 */
export class Canary {
  readonly #sampler = new InputSampler({ colour: 'rgb', mean: [0, 0, 0], scale: 1 / 255, fit: { kind: 'stretch' } });
  #seed: number;

  /** @param seed every check from here on takes the next one */
  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Never throws: a backend that throws has failed. One that hangs is for the caller to give up on. */
  async check(): Promise<Result<null, CanaryFailure>> {
    const seed = this.#seed++;
    const rgba = canaryPixels(seed);
    try {
      const bitmap = await createImageBitmap(new ImageData(rgba, canarySidePx));
      try {
        const input = this.#sampler.sample(bitmap, identity);
        try {
          return await checkCanaryNetwork(input, rgba, seed);
        } finally {
          input.dispose();
        }
      } finally {
        bitmap.close();
      }
    } catch (thrown) {
      return err('backend-wrong-numbers', `the canary: ${messageOf(thrown)}`);
    }
  }
}
