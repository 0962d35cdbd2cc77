import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { DarknetFailure, SectionPlace } from './failure.ts';
import { failAt } from './failure.ts';
import { lowerRegion, lowerYolo } from './lower-head.ts';
import type { LayersBefore, Lowered } from './lowered.ts';
import type { MapShape, Op } from './plan.ts';
import type { CfgLayer, CfgLayerOf } from './read-cfg.ts';

type Outcome = Result<Lowered, DarknetFailure>;

/** Decides what a layer computes and the shape of its result. Ref: github.com/AlexeyAB/darknet, `src/parser.c`. */
export function lowerLayer(layer: CfgLayer, before: LayersBefore): Outcome {
  const previous = before.index === 0 ? 0 : before.valueOf(before.index - 1);
  if (layer.kind === 'route') return lowerRoute(layer, before);
  if (previous === null) return failAt('layer-unsupported', layer.place, 'it reads the boxes of the head before it');
  switch (layer.kind) {
    case 'convolutional':
      return lowerConvolution(layer, previous, before.shapeOf(previous));
    case 'maxpool':
      return lowerMaxPool(layer, previous, before.shapeOf(previous));
    case 'avgpool':
      return step({ kind: 'mean' }, [previous], { height: 1, width: 1, channels: before.shapeOf(previous).channels });
    case 'upsample': {
      const { stride: factor } = layer.options;
      const { height, width, channels } = before.shapeOf(previous);
      if (factor === 1) return alias(previous);
      return step({ kind: 'upsample', factor }, [previous], { height: height * factor, width: width * factor, channels });
    }
    case 'shortcut':
      return lowerShortcut(layer, previous, before);
    case 'reorg':
      return lowerReorg(layer, previous, before.shapeOf(previous));
    case 'dropout':
      return alias(previous);
    case 'yolo':
      return lowerYolo(layer, previous, before);
    case 'region':
      return lowerRegion(layer, previous, before);
  }
}

function step(op: Op, inputs: readonly number[], shape: MapShape): Outcome {
  return ok({ as: 'step', op, inputs, shape });
}

function alias(value: number): Outcome {
  return ok({ as: 'alias', value });
}

function lowerConvolution({ options, place }: CfgLayerOf<'convolutional'>, input: number, shape: MapShape): Outcome {
  const { filters, size, stride, groups, activation, batch_normalize: batchNormalize } = options;
  if (shape.channels % groups !== 0 || filters % groups !== 0) {
    return failAt('layer-mismatch', place, `${groups} groups do not divide ${shape.channels} channels and ${filters} filters`);
  }
  const pad = options.pad ? Math.floor(size / 2) : options.padding;
  const height = windows(shape.height, size, stride, 2 * pad);
  const width = windows(shape.width, size, stride, 2 * pad);
  if (height < 1 || width < 1) return tooSmall(place, size, shape);
  const inChannels = shape.channels;
  return step({ kind: 'conv', inChannels, filters, size, stride, pad, groups, batchNormalize, activation }, [input], { height, width, channels: filters });
}

function lowerMaxPool({ options, place }: CfgLayerOf<'maxpool'>, input: number, shape: MapShape): Outcome {
  const { stride, size = stride, padding = size - 1 } = options;
  if (size === 1 && stride === 1 && padding === 0) return alias(input);
  // A window that holds nothing but padding has no maximum.
  if (size === 1 || padding >= size) return failAt('option-unsupported', place, `a window of ${size} with a padding of ${padding} is not built`);
  const height = windows(shape.height, size, stride, padding);
  const width = windows(shape.width, size, stride, padding);
  if (height < 1 || width < 1) return tooSmall(place, size, shape);
  return step({ kind: 'maxpool', size, stride, padding }, [input], { height, width, channels: shape.channels });
}

function lowerReorg({ options: { stride }, place }: CfgLayerOf<'reorg'>, input: number, shape: MapShape): Outcome {
  const { height, width, channels } = shape;
  if (stride === 1) return alias(input);
  if (height % stride !== 0 || width % stride !== 0 || channels % stride ** 2 !== 0) return failAt('layer-mismatch', place, `a stride of ${stride} does not divide a map of ${text(shape)}`);
  return step({ kind: 'reorg', stride }, [input], { height: height / stride, width: width / stride, channels: channels * stride ** 2 });
}

/** Example: 2 windows of 3 cells with a stride of 2 fit on 5 cells, or on 4 with one cell of padding. */
function windows(side: number, size: number, stride: number, padding: number): number {
  return Math.floor((side + padding - size) / stride) + 1;
}

function tooSmall(place: SectionPlace, size: number, { height, width }: MapShape): Outcome {
  return failAt('layer-mismatch', place, `a window of ${size} does not fit on ${width}x${height}`);
}

function lowerRoute({ options, place }: CfgLayerOf<'route'>, before: LayersBefore): Outcome {
  const { groups, group_id: group } = options;
  if (group >= groups) return failAt('option-invalid', place, `group_id=${group}: there are ${groups} groups`);
  const sources = referenced(options.layers, place, before);
  if (!sources.ok) return sources;
  const shapes = sources.value.map((value) => before.shapeOf(value));
  const [first] = shapes;
  if (!first) return failAt('option-invalid', place, 'no layers');
  const odd = shapes.find((shape) => !sameSize(shape, first));
  if (odd) return failAt('layer-mismatch', place, `maps of ${first.width}x${first.height} and ${odd.width}x${odd.height} cannot be put together`);
  const uneven = shapes.find(({ channels }) => channels % groups !== 0);
  if (uneven) return failAt('layer-mismatch', place, `${groups} groups do not divide ${uneven.channels} channels`);
  if (groups === 1 && sources.value.length === 1) return alias(sources.value[0] as number);
  const runs = shapes.map(({ channels }) => ({ begin: (channels / groups) * group, count: channels / groups }));
  const channels = runs.reduce((sum, { count }) => sum + count, 0);
  return step({ kind: 'concat', runs }, sources.value, { ...first, channels });
}

function lowerShortcut({ options, place }: CfgLayerOf<'shortcut'>, previous: number, before: LayersBefore): Outcome {
  const sources = referenced(options.from, place, before);
  if (!sources.ok) return sources;
  const shape = before.shapeOf(previous);
  const odd = sources.value.map((value) => before.shapeOf(value)).find((other) => !sameSize(other, shape) || other.channels !== shape.channels);
  if (odd) {
    return failAt('layer-mismatch', place, `maps of ${text(shape)} and ${text(odd)} cannot be added`);
  }
  return step({ kind: 'add', activation: options.activation }, [previous, ...sources.value], shape);
}

/** Layers as a section names them: counted from itself when below zero, else from the first. */
function referenced(numbers: readonly number[], place: SectionPlace, before: LayersBefore): Result<readonly number[], DarknetFailure> {
  const values: number[] = [];
  for (const number of numbers) {
    const value = before.valueOf(number < 0 ? before.index + number : number);
    if (value === null) return failAt('layer-mismatch', place, `${number} names no layer before layer ${before.index} that gives a map`);
    values.push(value);
  }
  return ok(values);
}

function sameSize(a: MapShape, b: MapShape): boolean {
  return a.height === b.height && a.width === b.width;
}

function text({ width, height, channels }: MapShape): string {
  return `${width}x${height}x${channels}`;
}
