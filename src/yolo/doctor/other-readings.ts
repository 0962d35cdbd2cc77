import type { ImportedCard } from '../../runtime/index.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import type { Corrections, ModelReport } from './model-report.ts';
import { customaryPreprocessing } from './preprocessing.ts';

/** One way to take a network: how its pictures are prepared and how its outputs are read. All of it can be a correction. */
export type Reading = Required<Pick<Corrections, 'head' | 'colour' | 'mean' | 'scale' | 'fit'>>;

/** So many heads are tried with other preparations too: each costs a run of the network. */
const headsToPrepare = 2;
const mostReadings = 48;

/**
 * The ways to take the network of a report, likeliest first; the first is that of its card. First every head that fits
 * the outputs, prepared as is customary for it, then the likeliest heads with the other order of colours and the other
 * range of numbers: what exports differ in most.
 */
export function readingsOf({ model: { card }, heads }: ModelReport): readonly Reading[] {
  const own = card.head as HeadSpec;
  const { colour, mean, scale, fit } = card.input;
  const stated = { colour, mean, scale, fit };
  const others = [own, ...heads.map(({ head }) => head)].flatMap((head) => [head, ...turnedHeads(head)]);
  const customary = others.map((head): Reading => ({ ...customaryPreprocessing(head, card.format), ...(card.format === 'darknet' ? stated : {}), head }));
  const likeliest = distinct([{ ...stated, head: own }, ...customary]);
  return distinct([...likeliest, ...likeliest.slice(0, headsToPrepare).flatMap(preparedOtherwise)]).slice(0, mostReadings);
}

/** The card of an imported model with another reading. Class names may be too few or too many for it. */
export function withReading(card: ImportedCard, { head, ...preparation }: Reading): ImportedCard {
  return { ...card, head, input: { ...card.input, ...preparation } };
}

/** The heads that differ in one of the switches which shapes cannot tell. */
function turnedHeads(head: HeadSpec): readonly HeadSpec[] {
  const turned: HeadSpec[] = [];
  if ('coordinates' in head) turned.push({ ...head, coordinates: head.coordinates === 'px' ? 'unit' : 'px' });
  if ('logistic' in head) turned.push({ ...head, logistic: head.logistic === 'applied' ? 'needed' : 'applied' });
  if ('boxes' in head) turned.push({ ...head, boxes: head.boxes === 'centre' ? 'corners' : 'centre' });
  return turned;
}

function preparedOtherwise(reading: Reading): readonly Reading[] {
  const colours = (['rgb', 'bgr'] as const).filter((colour) => colour !== reading.colour);
  const ranges = [1, 1 / 255].filter((scale) => scale !== reading.scale).map((scale) => ({ scale, mean: [0, 0, 0] as Reading['mean'] }));
  const recoloured = colours.map((colour) => ({ ...reading, colour }));
  return [...ranges.map((range) => ({ ...reading, ...range })), ...recoloured, ...recoloured.flatMap((each) => ranges.map((range) => ({ ...each, ...range })))];
}

function distinct(readings: readonly Reading[]): readonly Reading[] {
  return [...new Map(readings.map((reading) => [JSON.stringify(reading, sortedKeys), reading])).values()];
}

/** Objects with their keys in order, so that equal ones have equal texts. */
function sortedKeys(_key: string, value: unknown): unknown {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}
