import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { ModelCard } from '../../runtime/index.ts';
import { digestOf } from '../../runtime/index.ts';
import type { PlainNetwork } from '../../runtime/tf.ts';
import { withTensors } from '../../runtime/tf.ts';
import { decodeHead } from '../decode/decode-head.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import type { GridNetwork, Grids } from './grid-network.ts';
import { toPlanes } from './to-planes.ts';

/** A network of a second runtime: it gets the input as plain numbers, in its own order of axes. */
export class RuntimeNetwork implements GridNetwork {
  readonly #network: PlainNetwork;
  readonly #head: HeadSpec;
  readonly #layout: ModelCard['input']['layout'];

  constructor(network: PlainNetwork, head: HeadSpec, layout: ModelCard['input']['layout']) {
    this.#network = network;
    this.#head = head;
    this.#layout = layout;
  }

  predict(input: Tensor4D): Promise<Grids> {
    return withTensors(async (keep) => {
      const [, height, width] = keep(input).shape;
      const size = { width, height };
      const pixels = await input.data<'float32'>();
      const outputs =
        this.#layout === 'NCHW'
          ? await this.#network.predict(toPlanes(pixels), [1, 3, height, width])
          : await this.#network.predict(pixels, [1, height, width, 3]);
      return {
        digest: digestOf(outputs.map(({ data }) => data)),
        decode: (minScore) => decodeHead(this.#head, outputs, minScore, size),
      };
    });
  }

  dispose(): void {
    this.#network.dispose();
  }
}
