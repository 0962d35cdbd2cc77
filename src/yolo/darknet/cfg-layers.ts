import * as v from 'valibot';
import { limits } from './limits.ts';
import { flag, layerList, only, pairList, real, unsupportedMark, whole, wholeList, word } from './option-values.ts';

/** Ref: github.com/AlexeyAB/darknet, `src/activations.c`; leaky has slope 0.1 below zero. */
const activation = word(['linear', 'leaky', 'relu', 'relu6', 'mish', 'swish', 'logistic']);

export type Activation = v.InferOutput<typeof activation>;

const size = whole(1, limits.kernelPx);
const stride = whole(1, limits.stridePx);
const groups = v.optional(whole(1, limits.filters), '1');
const classes = v.optional(whole(1, limits.classes), '20');

/**
 * The options of each kind of section that change what a network computes, with darknet's own defaults. An option that
 * is neither here nor in `trainingOptions` is refused. Ref: github.com/AlexeyAB/darknet, `src/parser.c`, `parse_*`.
 */
export const layerSchemas = {
  net: v.object({
    width: whole(1, limits.inputPx),
    height: whole(1, limits.inputPx),
    channels: v.optional(v.pipe(whole(1, limits.filters), v.literal(3, `${unsupportedMark}only 3 is built`)), '3'),
    /** Whether pictures are fitted with bars at training and detection, in place of being stretched. */
    letter_box: v.optional(flag, '0'),
  }),
  convolutional: v.object({
    filters: v.optional(whole(1, limits.filters), '1'),
    size: v.optional(size, '1'),
    stride: v.optional(stride, '1'),
    /** Set: half of the kernel on each side, and `padding` does not count. */
    pad: v.optional(flag, '0'),
    padding: v.optional(whole(0, limits.kernelPx), '0'),
    groups,
    batch_normalize: v.optional(flag, '0'),
    activation: v.optional(activation, 'logistic'),
    dilation: only(1),
    antialiasing: only(0),
    assisted_excitation: only(0),
    binary: only(0),
    bin_output: only(0),
    coordconv: only(0),
    deform: only(0),
    dontload: only(0),
    dontloadscales: only(0),
    dot: only(0),
    flipped: only(0),
    rotate: only(0),
    stretch: only(0),
    stretch_sway: only(0),
    sway: only(0),
    xnor: only(0),
  }),
  maxpool: v.object({
    size: v.optional(size),
    stride: v.optional(stride, '1'),
    /** Of both sides together. */
    padding: v.optional(whole(0, limits.kernelPx)),
    antialiasing: only(0),
    maxpool_depth: only(0),
  }),
  avgpool: v.object({}),
  upsample: v.object({ stride: v.optional(stride, '2'), scale: only(1) }),
  route: v.object({
    layers: layerList(limits.references),
    groups,
    group_id: v.optional(whole(0, limits.filters), '0'),
    stream: only(0),
  }),
  shortcut: v.object({
    from: layerList(limits.references),
    activation: v.optional(activation, 'linear'),
    alpha: only(1),
    beta: only(1),
    weights_type: v.optional(word(['none'])),
  }),
  reorg: v.object({ stride: v.optional(stride, '1'), reverse: only(0), flatten: only(0), extra: only(0) }),
  dropout: v.object({}),
  yolo: v.object({
    classes,
    num: v.optional(whole(1, limits.anchors), '1'),
    mask: v.optional(wholeList(limits.anchors - 1, limits.anchors)),
    /** Pixels of the input. */
    anchors: pairList(limits.inputPx * 4, limits.anchors),
    scale_x_y: v.optional(real(1, 4), '1'),
    /** Set: the grid has been through the logistic function, and sides are (2 s)^2 times the anchor. */
    new_coords: v.optional(flag, '0'),
  }),
  region: v.object({
    classes,
    num: v.optional(whole(1, limits.anchors), '1'),
    /** Cells. */
    anchors: pairList(limits.inputPx, limits.anchors),
    coords: only(4),
    softmax: v.pipe(v.optional(flag, '0'), v.literal(true, `${unsupportedMark}only 1 is built`)),
    background: only(0),
  }),
} as const;

export type LayerKind = keyof typeof layerSchemas;

/** The options of a section, checked. */
export type LayerOptions<K extends LayerKind> = v.InferOutput<(typeof layerSchemas)[K]>;

/** Names in brackets, each with its kind. */
export const layerKinds: ReadonlyMap<string, LayerKind> = new Map<string, LayerKind>([
  ...(Object.keys(layerSchemas) as LayerKind[]).map((kind) => [kind, kind] as const),
  ['network', 'net'],
  ['conv', 'convolutional'],
  ['max', 'maxpool'],
  ['avg', 'avgpool'],
]);
