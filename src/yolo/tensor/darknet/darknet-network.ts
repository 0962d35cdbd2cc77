import type { Tensor4D } from '@tensorflow/tfjs-core';
import { dispose, tidy } from '@tensorflow/tfjs-core';
import type { Result } from '../../../base/index.ts';
import { ok } from '../../../base/index.ts';
import type { DarknetFailure } from '../../darknet/failure.ts';
import { outputName } from '../../darknet/head-of.ts';
import type { DarknetPlan, Step } from '../../darknet/plan.ts';
import { readConvWeights } from '../../darknet/read-conv-weights.ts';
import { layOutWeights } from '../../darknet/weights-layout.ts';
import type { RawOutput } from '../../decode/raw-output.ts';
import type { GridNetwork, Grids } from '../grid-network.ts';
import { readGrids } from '../read-grids.ts';
import type { NamedTensor } from '../reduce-on-device.ts';
import { ConvLayer } from './conv-layer.ts';
import { applyPlainOp } from './plain-ops.ts';

/** A darknet network on the tensor backend in use. Its input is RGB 0..1, of any size whose sides the plan allows. */
export class DarknetNetwork implements GridNetwork {
  readonly #plan: DarknetPlan;
  /** By the number of the darknet layer. */
  readonly #convLayers: ReadonlyMap<number, ConvLayer>;

  private constructor(plan: DarknetPlan, convLayers: ReadonlyMap<number, ConvLayer>) {
    this.#plan = plan;
    this.#convLayers = convLayers;
  }

  /** Builds the network of a plan from the bytes of its `.weights`. The bytes stay the caller's and are not kept. */
  static build(plan: DarknetPlan, weights: Uint8Array): Result<DarknetNetwork, DarknetFailure> {
    const layout = layOutWeights(plan, weights);
    if (!layout.ok) return layout;
    const convLayers = new Map<number, ConvLayer>();
    const network = new DarknetNetwork(plan, convLayers);
    for (const placed of layout.value) {
      const layer = readConvWeights(placed, weights);
      if (!layer.ok) {
        network.dispose();
        return layer;
      }
      convLayers.set(placed.step.layer, new ConvLayer(placed.step.op, layer.value));
    }
    return ok(network);
  }

  predict(input: Tensor4D, minScore?: number): Promise<Grids> {
    const [, height, width] = input.shape;
    return this.#withOutputs(input, (outputs) => readGrids(this.#plan.head, outputs, { width, height }, minScore));
  }

  /** The grids before any activation, [1, rows, columns, anchors * (5 + classes)]. Takes the input over. */
  readOutputs(input: Tensor4D): Promise<readonly RawOutput[]> {
    return this.#withOutputs(input, (outputs) => Promise.all(outputs.map(async ({ name, shape, tensor }) => ({ name, shape, data: await tensor.data<'float32'>() }))));
  }

  dispose(): void {
    for (const layer of this.#convLayers.values()) layer.dispose();
  }

  /** Runs the steps. Results are disposed after their last reader, so a run holds little at a time; the rest when `read` is done. */
  async #withOutputs<T>(input: Tensor4D, read: (outputs: readonly NamedTensor[]) => Promise<T>): Promise<T> {
    /** By value number. */
    const alive = new Map<number, Tensor4D>([[0, input]]);
    try {
      for (const step of this.#plan.steps) {
        alive.set(step.output, this.#apply(step, alive));
        for (const value of step.releases) {
          alive.get(value)?.dispose();
          alive.delete(value);
        }
      }
      const outputs = this.#plan.heads.map((head) => {
        const tensor = grab(alive, head.value);
        return { name: outputName(head), shape: tensor.shape, tensor };
      });
      return await read(outputs);
    } finally {
      dispose([...alive.values()]);
    }
  }

  #apply({ op, layer, inputs }: Step, alive: ReadonlyMap<number, Tensor4D>): Tensor4D {
    const maps = inputs.map((value) => grab(alive, value));
    return tidy(() => {
      if (op.kind !== 'conv') return applyPlainOp(op, maps);
      const convLayer = this.#convLayers.get(layer);
      if (!convLayer) throw new Error(`layer ${layer} has no weights`);
      return convLayer.apply(maps[0] as Tensor4D);
    });
  }
}

function grab(alive: ReadonlyMap<number, Tensor4D>, value: number): Tensor4D {
  const map = alive.get(value);
  if (!map) throw new Error(`value ${value} is read after its last reader`);
  return map;
}
