import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { VectorCard } from '../../runtime/index.ts';
import type { VectorNetwork } from './vector-network.ts';

export type VectorGraphHead = Extract<VectorCard['head'], { family: 'vector-graph' }>;

/** A graph of which one output is asked for; what only others need is not computed. */
export class VectorGraphNetwork implements VectorNetwork {
  readonly #model: GraphModel;
  readonly #head: VectorGraphHead;

  /** Takes the graph over. */
  constructor(model: GraphModel, head: VectorGraphHead) {
    this.#model = model;
    this.#head = head;
  }

  forward(input: Tensor4D): Tensor2D {
    return this.#model.execute({ [this.#head.inputNode]: input }, this.#head.outputNode) as Tensor2D;
  }

  dispose(): void {
    this.#model.dispose();
  }
}
