import type { Size } from '../../geometry/index.ts';
import { cellsAlong } from '../decode/expect-places.ts';
import { gridPlaces, innerShape } from '../decode/place-layout.ts';
import type { OutputShape } from '../decode/raw-output.ts';
import type { GridLayout } from '../heads/parts.ts';
import type { GuessInput, WeighedGuess } from './head-guess.ts';
import { copyOfAnchors, knownAnchors } from './known-anchors.ts';

const strides = [4, 8, 16, 32, 64] as const;
const binsOfYolo = 16;

interface Grid {
  readonly output: string;
  readonly stride: number;
  readonly channels: number;
}

/** Guesses for outputs that are grids of the input's size. */
export function guessGrids(given: GuessInput): readonly WeighedGuess[] {
  return (['hwc', 'chw', 'ahwf'] as const).flatMap((layout) => {
    const grids = given.outputs.flatMap((output) => gridOf(output, layout, given.input)).sort((a, b) => a.stride - b.stride);
    const [first] = grids;
    if (!first) return [];
    const centre = layout === 'hwc' ? guessCentre(grids, given) : [];
    const split = layout === 'ahwf' ? [] : guessSplit(grids, layout);
    const isOneHead = grids.every(({ channels }) => channels === first.channels) && new Set(grids.map(({ stride }) => stride)).size === grids.length;
    if (!isOneHead) return [...centre, ...split];
    const anchored = guessAnchored(grids, layout, first.channels);
    return layout === 'ahwf' ? anchored : [...anchored, ...guessPlain(grids, layout, first.channels), ...guessV2(grids, layout, first.channels)];
  });
}

/** Output as a grid whose channels are those of all anchors of a cell, if its sides are the input's by a stride. */
function gridOf({ name, shape }: OutputShape, layout: GridLayout, input: Size): Grid[] {
  const anchors = layout === 'ahwf' ? (innerShape(shape, 4)?.[0] ?? 0) : 1;
  const places = anchors > 0 ? gridPlaces(shape, layout, anchors) : null;
  const stride = strides.find((each) => places?.rows === cellsAlong(input.height, each) && places.columns === cellsAlong(input.width, each));
  return places && stride ? [{ output: name, stride, channels: places.fields * anchors }] : [];
}

function guessAnchored(grids: readonly Grid[], layout: GridLayout, channels: number): readonly WeighedGuess[] {
  const classes = channels / 3 - 5;
  if (!Number.isInteger(classes) || classes < 1) return [];
  const isTiny = grids.length === 2;
  const scalesOf = (anchors: readonly (readonly (readonly [number, number])[])[]): { output: string; stride: number; anchors: [number, number][] }[] =>
    grids.map(({ output, stride }, i) => ({ output, stride, anchors: copyOfAnchors(anchors[i] ?? []) }));
  const v3 = scalesOf(isTiny ? knownAnchors.v3Tiny : knownAnchors.v3).map((scale) => ({ ...scale, scaleXY: 1 }));
  if (v3.some(({ anchors }) => anchors.length === 0)) return [];
  const common = { why: 'grids-with-anchors', classes } as const;
  const isFiveDimensional = layout === 'ahwf';
  const guesses: WeighedGuess[] = [
    { ...common, head: { family: 'v3', layout, classes, scales: v3 }, assumed: ['anchors', 'centre-range', 'classes'], weight: isFiveDimensional ? 1 : 3 },
  ];
  if (isTiny) return guesses;
  for (const [anchors, less] of [[knownAnchors.v3, 0], [knownAnchors.v7, 0.4]] as const) {
    const head = { family: 'v5', form: 'grid', layout, logistic: 'needed', classes, scales: scalesOf(anchors) } as const;
    guesses.push({ ...common, head, assumed: ['anchors', 'logistic', 'classes'], weight: (isFiveDimensional ? 3.5 : 2.5) - less });
  }
  return guesses;
}

/** Distances and classes on grids of their own, a pair for each stride. */
function guessSplit(grids: readonly Grid[], layout: 'hwc' | 'chw'): readonly WeighedGuess[] {
  const boxes = grids.filter(({ channels }) => channels === 4 * binsOfYolo);
  const scores = boxes.flatMap((box) => grids.find((grid) => grid.stride === box.stride && grid.output !== box.output) ?? []);
  const [first] = scores;
  const isPaired = boxes.length * 2 === grids.length && new Set(boxes.map(({ stride }) => stride)).size === boxes.length;
  if (!first || !isPaired || scores.some(({ channels }) => channels !== first.channels)) return [];
  const scales = boxes.map(({ output, stride }) => ({ output, stride }));
  const head = {
    ...{ family: 'v8', form: 'grid', places: { kind: 'grids', layout, scales }, scoresOutputs: scores.map(({ output }) => output), order: 'boxes-first' } as const,
    ...{ bins: binsOfYolo, pointInCell: 0.5, logistic: 'needed', classes: first.channels } as const,
  };
  return [{ head, why: 'grids-without-anchors', assumed: ['bins', 'order', 'logistic', 'classes'], classes: first.channels, weight: 3.5 }];
}

function guessPlain(grids: readonly Grid[], layout: 'hwc' | 'chw', channels: number): readonly WeighedGuess[] {
  const scales = grids.map(({ output, stride }) => ({ output, stride }));
  const places = { kind: 'grids', layout, scales } as const;
  const why = 'grids-without-anchors';
  const guesses: WeighedGuess[] = [];
  const classes = channels - 5;
  const [only] = grids;
  if (classes >= 1 && grids.length === 1 && only) {
    const head = { family: 'fastestdet', output: only.output, layout, stride: only.stride, objectnessPower: 0.6, classPower: 0.4, classes } as const;
    guesses.push({ head, why, assumed: ['objectness', 'score-powers', 'classes'], classes, weight: only.stride === 16 ? 3 : 1 });
  }
  if (classes >= 1) {
    guesses.push({ head: { family: 'yolox', places, logistic: 'needed', classes }, why, assumed: ['objectness', 'logistic', 'classes'], classes, weight: 1.5 });
  }
  const distributed = channels - 4 * binsOfYolo;
  if (distributed >= 1) {
    const head = { family: 'v8', form: 'grid', places, order: 'boxes-first', bins: binsOfYolo, pointInCell: 0.5, logistic: 'needed', classes: distributed } as const;
    guesses.push({ head, why, assumed: ['bins', 'order', 'logistic', 'classes'], classes: distributed, weight: 2.5 });
  }
  return guesses;
}

function guessV2(grids: readonly Grid[], layout: 'hwc' | 'chw', channels: number): readonly WeighedGuess[] {
  const [only] = grids;
  const fields = channels / knownAnchors.v2Coco.length;
  if (grids.length !== 1 || only?.stride !== 32 || !Number.isInteger(fields) || fields < 5) return [];
  const classes = fields - 5;
  const anchors = copyOfAnchors(classes === 80 ? knownAnchors.v2Coco : knownAnchors.v2Voc);
  const head = { family: 'v2', stride: only.stride, outputLayer: only.output, layout, anchors } as const;
  return [{ head, why: 'grids-with-anchors', assumed: ['anchors', 'classes'], classes: Math.max(1, classes), weight: 3 }];
}

/** Class scores and four distances on grids of one stride. */
function guessCentre(grids: readonly Grid[], { hints }: GuessInput): readonly WeighedGuess[] {
  const [first, second] = grids;
  if (grids.length !== 2 || first?.stride !== second?.stride || !first || !second) return [];
  const [scores, sizes] = second.channels === 4 ? [first, second] : [second, first];
  if (sizes.channels !== 4) return [];
  const head = {
    ...{ family: 'centre', stride: first.stride, inputNode: hints.inputName ?? '', upsampleNodes: [] } as const,
    ...{ scoresNode: scores.output, sizesNode: sizes.output },
  };
  return [{ head: { ...head, upsampleNodes: [] }, why: 'scores-and-sizes', assumed: ['order', 'logistic', 'box-form'], classes: scores.channels, weight: 3 }];
}
