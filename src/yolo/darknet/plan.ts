import type { HeadSpec } from '../heads/read-head.ts';
import type { Activation } from './cfg-layers.ts';
import type { SectionPlace } from './failure.ts';

/** A feature map without its batch of 1. */
export interface MapShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface ConvOp {
  readonly kind: 'conv';
  readonly inChannels: number;
  readonly filters: number;
  readonly size: number;
  readonly stride: number;
  /** Zeros on each of the four sides. */
  readonly pad: number;
  readonly groups: number;
  readonly batchNormalize: boolean;
  readonly activation: Activation;
}

export interface MaxPoolOp {
  readonly kind: 'maxpool';
  readonly size: number;
  readonly stride: number;
  /** Of both sides together, the smaller half before; what lies there never wins. */
  readonly padding: number;
}

/** A run of channels of an input. */
export interface ChannelRun {
  readonly begin: number;
  readonly count: number;
}

export type Op =
  | ConvOp
  | MaxPoolOp
  /** Every cell repeated `factor` times in both directions. */
  | { readonly kind: 'upsample'; readonly factor: number }
  /** One run of each input, one after the other. */
  | { readonly kind: 'concat'; readonly runs: readonly ChannelRun[] }
  /** The sum of the inputs. */
  | { readonly kind: 'add'; readonly activation: Activation }
  /** The mean of each channel. */
  | { readonly kind: 'mean' }
  /** Cells that lie close become channels, in darknet's own order. */
  | { readonly kind: 'reorg'; readonly stride: number };

/** One thing to compute. Values are numbered: 0 is the network's input, then one for each step. */
export interface Step {
  /** Number of the darknet layer, from 0. */
  readonly layer: number;
  readonly place: SectionPlace;
  readonly op: Op;
  readonly inputs: readonly number[];
  readonly output: number;
  readonly shape: MapShape;
  /** Values that nobody reads after this step. The input and the grids of heads are never among them. */
  readonly releases: readonly number[];
}

/** A grid that a [yolo] or [region] section reads, as the layer before gives it: anchors * (5 + classes) channels. */
export interface PlannedHead {
  readonly kind: 'yolo' | 'region';
  readonly layer: number;
  readonly place: SectionPlace;
  readonly value: number;
  readonly shape: MapShape;
  /** Input pixels per cell. */
  readonly stride: number;
  readonly classes: number;
  /** Width and height: input pixels in a [yolo], cells in a [region]. */
  readonly anchors: readonly (readonly [number, number])[];
  readonly scaleXY: number;
  /** The grid ends in the logistic function, and its boxes have the form of YOLOv5. */
  readonly newCoords: boolean;
}

/** What to compute, in which order, and how long each result is needed. */
export interface DarknetPlan {
  readonly input: MapShape;
  /** Whether the network was trained on pictures with bars, in place of stretched ones. */
  readonly letterBox: boolean;
  /** A side of the input must be a multiple of this; any such size runs. */
  readonly multiplePx: number;
  readonly steps: readonly Step[];
  /** At least one, all of one kind. */
  readonly heads: readonly PlannedHead[];
  /** The same heads, for the decoder. */
  readonly head: HeadSpec;
  /** Numbers after the header of the `.weights`. */
  readonly weightCount: number;
  /** Most numbers alive at once in a run at the size of the `.cfg`. */
  readonly peakActivations: number;
  readonly multiplyAdds: number;
}

/** Numbers of a convolution in the `.weights`: biases, with batch norm its three rows, then filters. */
export function weightCountOf({ inChannels, filters, size, groups, batchNormalize }: ConvOp): number {
  return filters * (batchNormalize ? 4 : 1) + (filters * inChannels * size * size) / groups;
}
