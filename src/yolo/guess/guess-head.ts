import type { Size } from '../../geometry/index.ts';
import { headFits } from '../decode/head-fits.ts';
import type { OutputShape } from '../decode/raw-output.ts';
import { readHead } from '../heads/read-head.ts';
import { guessChosen } from './guess-chosen.ts';
import { guessGrids } from './guess-grids.ts';
import { guessLists } from './guess-lists.ts';
import type { HeadGuess, HeadHints, WeighedGuess } from './head-guess.ts';

/** Words of a producer that speak for a family. */
const words: readonly (readonly [RegExp, WeighedGuess['head']['family']])[] = [
  [/yolox/i, 'yolox'],
  [/nanodet|yolo-?v?(8|9|11|12)/i, 'v8'],
  [/yolo-?v?(5|6|7)/i, 'v5'],
  [/yolo-?v?(3|4)|darknet/i, 'v3'],
  [/yolo-?v?2/i, 'v2'],
  [/yolo-?v?(10|26)|end2end|nms/i, 'end2end'],
  [/fastestdet/i, 'fastestdet'],
  [/centernet/i, 'centre'],
];

/** The usual count of classes: COCO's and VOC's. */
const usualClasses = [80, 20];

/**
 * What a network's outputs may mean, from their shapes and the hints, likeliest first. Every guess fits the shapes; what
 * the shapes do not tell is named in `assumed`. Several guesses are common: the caller asks the person, or runs the
 * network on a picture and looks. No guess means that no known head has such outputs.
 */
export function guessHead(outputs: readonly OutputShape[], input: Size, hints: HeadHints = {}): readonly HeadGuess[] {
  const given = { outputs, input, hints };
  return [...guessLists(given), ...guessChosen(given), ...guessGrids(given)]
    .filter(({ head }) => readHead(head).ok && headFits(head, outputs, input).ok)
    .map((guess) => ({ guess, rank: rankOf(guess, hints) }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ guess: { head, why, assumed, classes } }) => ({ head, why, assumed: classes !== null && classes === hints.classes ? assumed.filter((each) => each !== 'classes') : assumed }));
}

function rankOf({ weight, classes, head }: WeighedGuess, { classes: known, producer }: HeadHints): number {
  const named = words.find(([word]) => producer !== undefined && word.test(producer));
  const byProducer = named?.[1] === head.family ? 5 : 0;
  if (known !== undefined && classes !== null) return weight + byProducer + (classes === known ? 10 : -10);
  return weight + byProducer + (classes !== null && usualClasses.includes(classes) ? 1 : 0);
}
