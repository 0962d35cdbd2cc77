import { concat, mean, reverse, tidy } from '@tensorflow/tfjs-core';
import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Region } from '../../geometry/index.ts';
import { fitOfRegion } from '../../geometry/index.ts';
import type { OutputDigest, VectorCard } from '../../runtime/index.ts';
import { digestOf } from '../../runtime/index.ts';
import type { Keep } from '../../runtime/tf.ts';
import { InputSampler, StageWatch, withTensors } from '../../runtime/tf.ts';
import type { VectorNetwork } from './vector-network.ts';

export interface FaceVectors {
  /** The numbers of each region, in the order of the regions; as many as the card says. */
  readonly vectors: readonly Float32Array[];
  /** One of each region. */
  readonly digests: readonly OutputDigest[];
  readonly timings: { readonly preprocessMs: number; readonly modelMs: number; readonly postprocessMs: number };
}

/** Makes numbers of the faces in regions of a bitmap. Holds the network's tensors until `dispose`. */
export class FaceVectorModel {
  readonly card: VectorCard;
  readonly #network: VectorNetwork;
  readonly #sampler: InputSampler;

  /** Takes the network over. */
  constructor(card: VectorCard, network: VectorNetwork) {
    const { colour, mean, scale, pad } = card.input;
    this.card = card;
    this.#network = network;
    this.#sampler = new InputSampler({ colour, mean, scale, fit: { kind: 'letterbox', align: 'centre', pad } });
  }

  /**
   * The bitmap stays the caller's. All regions are read back at once; when one of them gives NaN or infinity, all are refused.
   *
   * @param regions as `chipRegion` lays them
   */
  async run(bitmap: ImageBitmap, regions: readonly Region[]): Promise<Result<FaceVectors, Failure<'non-finite-output'>>> {
    const watch = new StageWatch();
    const vectors = await withTensors((keep) => Promise.all(regions.map((region) => this.#look(bitmap, region, keep, watch))));
    watch.end('modelMs');
    const digests = vectors.map((vector) => digestOf([vector]));
    return digests.every(({ finite }) => finite) ? ok({ vectors, digests, timings: watch.spent }) : err('non-finite-output', `${this.card.id} gave NaN or infinity`);
  }

  dispose(): void {
    this.#network.dispose();
  }

  /** Gives its work to the backend before it returns: the sampler may take the next chip then. */
  #look(bitmap: ImageBitmap, region: Region, keep: Keep, watch: StageWatch): Promise<Float32Array> {
    const output = tidy(() => {
      const chip = this.#sampler.sample(bitmap, fitOfRegion(region, this.card.input));
      watch.end('preprocessMs');
      // Both images go through the network at once, and their mean is all that is read.
      return mean(this.#network.forward(this.card.chip.mirroredMean ? concat([chip, reverse(chip, 2)]) : chip), 0);
    });
    watch.end('modelMs');
    return keep(output).data<'float32'>();
  }
}
