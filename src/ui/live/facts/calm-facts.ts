import type { DetectedFace, DetectedPose, FrameResult } from '../../../pipeline/index.ts';
import type { BodyReading } from './body-reading.ts';
import { readBody } from './body-reading.ts';
import type { FaceReading } from './face-reading.ts';
import { readFace } from './face-reading.ts';
import { Steady } from './steady.ts';
import { numberOf } from './number-of.ts';

/** One face or body, under the number that it has on the picture. */
export interface Told<Reading> {
  readonly number: number;
  readonly reading: Reading;
}

/** What the facts panel shows; lists are in the order of their numbers. */
export interface SeenFacts {
  readonly faces: readonly Told<FaceReading>[];
  readonly bodies: readonly Told<BodyReading>[];
}

export const noFacts: SeenFacts = { faces: [], bodies: [] };

/** Nothing of a kind changes more often than this. */
const changesEveryMs = 250;
/** A face or body that is not seen stays in the list for this long: a lost frame must not make it jump. */
const keptForMs = 700;
const faceHoldMs = 300;
const bodyHoldMs = 500;

interface Followed<Reading extends object> {
  readonly steady: Steady<Reading>;
  last: Reading;
  shown: Reading;
  seenAtMs: number;
}

/** Derived facts over the frames of a stream, as calm as reading needs them. Time is the frames' own. */
export class CalmFacts {
  readonly #faces = new Map<number, Followed<FaceReading>>();
  readonly #bodies = new Map<number, Followed<BodyReading>>();
  #told = noFacts;
  #toldKey = '';
  #toldAtMs = -Infinity;

  /**
   * @param result null where the source changed
   * @returns what to show now: the same object while there is nothing new, or it is too early for a change
   */
  after(result: FrameResult | null): SeenFacts {
    if (!result) {
      this.#reset();
      return this.#told;
    }
    const { tMs } = result;
    const still = [...result.faces, ...result.poses].some(({ trackId }) => trackId === null);
    if (still || tMs < this.#toldAtMs) this.#reset();
    result.faces.forEach((face, index) => this.#noteFace(face, numberOf(face, index), tMs));
    result.poses.forEach((pose, index) => this.#noteBody(pose, numberOf(pose, index), tMs));
    for (const list of [this.#faces, this.#bodies]) {
      for (const [number, { seenAtMs }] of list) if (tMs - seenAtMs > keptForMs) list.delete(number);
    }
    if (tMs - this.#toldAtMs >= changesEveryMs) this.#tell(tMs);
    return this.#told;
  }

  #reset(): void {
    this.#faces.clear();
    this.#bodies.clear();
    this.#told = noFacts;
    this.#toldKey = '';
    this.#toldAtMs = -Infinity;
  }

  #noteFace({ facts }: DetectedFace, number: number, tMs: number): void {
    if (!facts) return;
    const before = this.#faces.get(number);
    note(this.#faces, number, readFace(facts, before?.last ?? null), tMs, faceHoldMs);
  }

  #noteBody({ facts }: DetectedPose, number: number, tMs: number): void {
    const before = this.#bodies.get(number);
    note(this.#bodies, number, readBody(facts, before?.last ?? null), tMs, bodyHoldMs);
  }

  #tell(tMs: number): void {
    const told = { faces: listOf(this.#faces), bodies: listOf(this.#bodies) };
    const key = JSON.stringify(told);
    if (key === this.#toldKey) return;
    this.#told = told;
    this.#toldKey = key;
    this.#toldAtMs = tMs;
  }
}

function note<Reading extends object>(list: Map<number, Followed<Reading>>, number: number, reading: Reading, tMs: number, holdMs: number): void {
  const known = list.get(number) ?? { steady: new Steady<Reading>(holdMs), last: reading, shown: reading, seenAtMs: tMs };
  known.last = reading;
  known.shown = known.steady.at(reading, tMs);
  known.seenAtMs = tMs;
  list.set(number, known);
}

function listOf<Reading extends object>(list: ReadonlyMap<number, Followed<Reading>>): Told<Reading>[] {
  return [...list].map(([number, { shown }]) => ({ number, reading: shown })).sort((a, b) => a.number - b.number);
}
