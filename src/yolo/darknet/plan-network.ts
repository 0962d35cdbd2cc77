import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { DarknetFailure } from './failure.ts';
import { failAt } from './failure.ts';
import { headOf } from './head-of.ts';
import { limits } from './limits.ts';
import { lowerLayer } from './lower-layer.ts';
import type { DarknetPlan, MapShape, PlannedHead, Step } from './plan.ts';
import { weightCountOf } from './plan.ts';
import type { DarknetCfg } from './read-cfg.ts';

type BareStep = Omit<Step, 'releases'>;

/** Fits the layers of a `.cfg` together. Nothing is allocated for the network here; its size is held to the limits first. */
export function planNetwork({ net, layers }: DarknetCfg): Result<DarknetPlan, DarknetFailure> {
  const input: MapShape = { height: net.height, width: net.width, channels: net.channels };
  const shapes: MapShape[] = [input];
  /** By layer; null where a head stands. */
  const values: (number | null)[] = [];
  const steps: BareStep[] = [];
  const heads: PlannedHead[] = [];
  let [weightCount, multiplyAdds] = [0, 0];
  const before = { input, shapeOf: (value: number) => shapes[value] as MapShape, valueOf: (layer: number) => values[layer] ?? null };
  for (const [index, layer] of layers.entries()) {
    const lowered = lowerLayer(layer, { ...before, index });
    if (!lowered.ok) return lowered;
    if (lowered.value.as === 'head') heads.push(lowered.value.head);
    if (lowered.value.as === 'alias') values.push(lowered.value.value);
    else values.push(lowered.value.as === 'head' ? null : shapes.length);
    if (lowered.value.as !== 'step') continue;
    const { op, inputs, shape } = lowered.value;
    steps.push({ layer: index, place: layer.place, op, inputs, output: shapes.length, shape });
    shapes.push(shape);
    if (op.kind === 'conv') {
      weightCount += weightCountOf(op);
      multiplyAdds += (shape.height * shape.width * op.filters * op.inChannels * op.size * op.size) / op.groups;
    }
    if (weightCount > limits.weights || multiplyAdds > limits.multiplyAdds || numbersIn(shape) > limits.liveActivations) {
      return failAt('network-too-large', layer.place, `${weightCount} weights and ${multiplyAdds} multiply-adds so far, a map of ${numbersIn(shape)} numbers`);
    }
  }
  const [first, ...others] = heads;
  if (!first) return err('layer-mismatch', 'the network has no [yolo] and no [region]');
  const head = headOf([first, ...others]);
  if (!head.ok) return head;
  const timed = withLifetimes(steps, heads);
  const peakActivations = peakOf(timed, shapes);
  if (peakActivations > limits.liveActivations) return err('network-too-large', `${peakActivations} numbers alive at once; at most ${limits.liveActivations}`);
  const multiplePx = Math.max(...heads.map(({ stride }) => stride));
  return ok({ input, letterBox: net.letter_box, multiplePx, steps: timed, heads, head: head.value, weightCount, peakActivations, multiplyAdds });
}

function numbersIn({ height, width, channels }: MapShape): number {
  return height * width * channels;
}

/** A value dies after its last reader, or where it was made when nobody reads it; grids of heads live on. */
function withLifetimes(steps: readonly BareStep[], heads: readonly PlannedHead[]): readonly Step[] {
  const lastStep = new Map<number, BareStep>();
  for (const step of steps) for (const value of [...step.inputs, step.output]) lastStep.set(value, step);
  for (const value of [0, ...heads.map((head) => head.value)]) lastStep.delete(value);
  const releases = new Map<BareStep, number[]>(steps.map((step) => [step, []]));
  for (const [value, step] of lastStep) releases.get(step)?.push(value);
  return steps.map((step) => ({ ...step, releases: releases.get(step) ?? [] }));
}

function peakOf(steps: readonly Step[], shapes: readonly MapShape[]): number {
  const size = (value: number): number => numbersIn(shapes[value] as MapShape);
  let alive = size(0);
  let peak = alive;
  for (const { output, releases } of steps) {
    alive += size(output);
    peak = Math.max(peak, alive);
    for (const value of releases) alive -= size(value);
  }
  return peak;
}
