import { innerShape } from '../decode/place-layout.ts';
import { bothCoordinates } from './guess-lists.ts';
import type { GuessInput, WeighedGuess } from './head-guess.ts';

/** More rows than this are no choice of boxes. */
const mostRows = 1000;

/** Field numbers of a row: YOLOv10's six, and YOLOv7's seven with the number of the picture in front. */
const rowForms = [
  { fields: 6, boxAt: 0, scoreAt: 4, classAt: 5 },
  { fields: 7, boxAt: 1, scoreAt: 6, classAt: 5 },
] as const;

/** Guesses for networks that choose their boxes themselves. */
export function guessChosen(given: GuessInput): readonly WeighedGuess[] {
  return [...guessRows(given), ...guessSplit(given)];
}

function guessRows(given: GuessInput): readonly WeighedGuess[] {
  return given.outputs.flatMap(({ name, shape }) => {
    const [places = 0, fields = 0] = innerShape(shape, 2) ?? [];
    const form = rowForms.find((each) => each.fields === fields);
    if (!form || places > mostRows) return [];
    return bothCoordinates(given).map(({ coordinates, less }): WeighedGuess => ({
      head: { family: 'end2end', form: 'rows', output: name, ...form, coordinates },
      ...{ why: 'chosen-boxes', assumed: ['order', 'coordinates'], classes: null, weight: (places % 100 === 0 ? 4 : 1) - less },
    }));
  });
}

/** Boxes [1, N, 4], two outputs of N numbers, and perhaps one of a single number. */
function guessSplit(given: GuessInput): readonly WeighedGuess[] {
  const { outputs } = given;
  const boxes = outputs.find(({ shape }) => innerShape(shape, 2)?.[1] === 4);
  if (!boxes) return [];
  const places = innerShape(boxes.shape, 2)?.[0] ?? 0;
  const rows = outputs.filter((output) => output !== boxes && product(output.shape) === places);
  const [first, second] = rows;
  if (rows.length !== 2 || !first || !second) return [];
  const count = outputs.find((output) => output !== boxes && !rows.includes(output) && product(output.shape) === 1);
  const isNamed = /class|label/i.test(first.name) !== /class|label/i.test(second.name);
  const [scores, classes] = isNamed && /class|label/i.test(first.name) ? [second, first] : [first, second];
  return (['xyxy', 'yxyx'] as const).map((corners, i) => ({
    head: {
      ...{ family: 'end2end', form: 'split', boxesOutput: boxes.name, scoresOutput: scores.name, classesOutput: classes.name } as const,
      ...{ countOutput: count?.name ?? null, corners, coordinates: 'unit' } as const,
    },
    ...{ why: 'chosen-boxes', assumed: ['order', 'coordinates', 'box-form'] as const, classes: null, weight: 4 - i / 2 },
  }));
}

function product(shape: readonly number[]): number {
  return shape.reduce((sum, side) => sum * side, 1);
}
