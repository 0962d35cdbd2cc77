import type { Size } from '../../geometry/index.ts';
import { cellsAlong } from '../decode/expect-places.ts';
import { innerShape } from '../decode/place-layout.ts';
import type { ListLayout } from '../heads/parts.ts';
import type { GuessInput, WeighedGuess } from './head-guess.ts';

const strideSets = [[8, 16, 32], [8, 16, 32, 64], [16, 32], [4, 8, 16, 32]] as const;
const anchorsPerCell = 3;
/** Bins of YOLOv8 and of NanoDet. */
const binsOf = { yolo: 16, nanodet: 8 } as const;

interface List {
  readonly output: string;
  readonly layout: ListLayout;
  readonly places: number;
  readonly fields: number;
}

/** Guesses for outputs that are lists of places: [1, N, fields] or [1, fields, N]. */
export function guessLists(given: GuessInput): readonly WeighedGuess[] {
  const lists = given.outputs.flatMap(({ name, shape }): List[] => {
    const dims = innerShape(shape, 2);
    if (!dims) return [];
    const [first, second] = dims as [number, number];
    return [
      { output: name, layout: 'rows', places: first, fields: second },
      { output: name, layout: 'columns', places: second, fields: first },
    ];
  });
  return [...lists.flatMap((list) => guessList(list, given)), ...guessSplit(lists, given)];
}

/** Boxes and classes in lists of their own, with as many places: [1, N, 4] and [1, N, classes], or turned. */
function guessSplit(lists: readonly List[], given: GuessInput): readonly WeighedGuess[] {
  return lists
    .filter(({ fields, places }) => fields === 4 && places > fields)
    .flatMap((boxes) => lists.filter((scores) => scores.output !== boxes.output && scores.layout === boxes.layout && scores.places === boxes.places).map((scores) => ({ boxes, scores })))
    .flatMap(({ boxes: { output, layout }, scores }) =>
      bothCoordinates(given).flatMap(({ coordinates, less }) =>
        (['centre', 'corners'] as const).map((form): WeighedGuess => ({
          head: { family: 'v8', form: 'decoded', output, scoresOutput: scores.output, layout, boxes: form, coordinates, logistic: 'applied', classes: scores.fields },
          ...{ why: 'list-of-boxes', assumed: ['order', 'coordinates', 'box-form', 'logistic', 'classes'], classes: scores.fields },
          weight: 3 - less - (form === 'centre' ? 0 : 0.2),
        })),
      ),
    );
}

function guessList(list: List, given: GuessInput): readonly WeighedGuess[] {
  const anchored = strideSets.some((strides) => anchorsPerCell * cellsOf(given.input, strides) === list.places);
  if (anchored) return withObjectness(list, given, 3, 'list-of-anchor-boxes');
  const strides = strideSets.find((set) => cellsOf(given.input, set) === list.places);
  if (strides) return guessCells(list, [...strides], given);
  // A number of places that no grid explains: other strides, or a list that was cut. The longer side is the places.
  if (list.places <= list.fields) return [];
  return [...withoutObjectness(list, given, 0.5, 'list-of-boxes'), ...withObjectness(list, given, 0.4, 'list-of-boxes')];
}

function guessCells(list: List, strides: number[], given: GuessInput): readonly WeighedGuess[] {
  const { output, layout, fields } = list;
  const places = { kind: 'list', output, layout, strides } as const;
  const isColumns = layout === 'columns';
  const guesses: WeighedGuess[] = [...withoutObjectness(list, given, isColumns ? 3 : 1.5, 'list-of-cells'), ...withObjectness(list, given, isColumns ? 0.5 : 1, 'list-of-cells')];
  const yoloxClasses = fields - 5;
  for (const [logistic, weight] of [['applied', 2], ['needed', 1]] as const) {
    const head = { family: 'yolox', places, logistic, classes: yoloxClasses } as const;
    if (yoloxClasses >= 1) guesses.push({ head, why: 'list-of-cells', assumed: ['objectness', 'logistic', 'classes'], classes: yoloxClasses, weight: isColumns ? weight - 1 : weight });
  }
  const isNanodet = strides.length === 4;
  const bins = isNanodet ? binsOf.nanodet : binsOf.yolo;
  const classes = fields - 4 * bins;
  if (classes >= 1) {
    const head = {
      ...{ family: 'v8', form: 'grid', places, bins, classes } as const,
      ...(isNanodet ? ({ order: 'classes-first', pointInCell: 0, logistic: 'applied' } as const) : ({ order: 'boxes-first', pointInCell: 0.5, logistic: 'needed' } as const)),
    };
    guesses.push({ head, why: 'list-of-cells', assumed: ['bins', 'order', 'logistic', 'classes'], classes, weight: isNanodet ? 3 : 1.4 });
  }
  return guesses;
}

/** Decoded boxes with objectness: YOLOv5, v6, v7, decoded YOLOX. */
function withObjectness({ output, layout, fields }: List, given: GuessInput, weight: number, why: WeighedGuess['why']): readonly WeighedGuess[] {
  const classes = fields - 5;
  if (classes < 1) return [];
  return bothCoordinates(given).map(({ coordinates, less }) => ({
    head: { family: 'v5', form: 'decoded', output, layout, coordinates, classes },
    ...{ why, assumed: ['objectness', 'coordinates', 'classes'] as const, classes, weight: weight - less },
  }));
}

/** Decoded boxes without objectness: YOLOv8 and later. */
function withoutObjectness({ output, layout, fields }: List, given: GuessInput, weight: number, why: WeighedGuess['why']): readonly WeighedGuess[] {
  const classes = fields - 4;
  if (classes < 1) return [];
  return bothCoordinates(given).map(({ coordinates, less }) => ({
    head: { family: 'v8', form: 'decoded', output, layout, boxes: 'centre', coordinates, logistic: 'applied', classes },
    ...{ why, assumed: ['objectness', 'coordinates', 'box-form', 'logistic', 'classes'] as const, classes, weight: weight - less },
  }));
}

/** The customary coordinates of the file's format first. */
export function bothCoordinates({ hints }: GuessInput): readonly { readonly coordinates: 'px' | 'unit'; readonly less: number }[] {
  const isUnitFirst = hints.format === 'tflite' || hints.format === 'tfjs';
  return [
    { coordinates: isUnitFirst ? 'unit' : 'px', less: 0 },
    { coordinates: isUnitFirst ? 'px' : 'unit', less: 0.3 },
  ];
}

function cellsOf(input: Size, strides: readonly number[]): number {
  return strides.reduce((sum, stride) => sum + cellsAlong(input.width, stride) * cellsAlong(input.height, stride), 0);
}
