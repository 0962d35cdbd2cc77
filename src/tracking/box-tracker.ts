import type { BoxXyxy } from '../geometry/index.ts';
import { isFiniteBox } from '../geometry/index.ts';
import type { ClassedBox } from './match-boxes.ts';
import { matchBoxes } from './match-boxes.ts';
import type { MovingBox } from './moving-box.ts';
import { boxAt, movingBoxAt, seenAt } from './moving-box.ts';

export interface TrackerOptions {
  /** How often something must be seen before it gets an id: one look may be wrong. */
  readonly hitsToBirth: number;
  /** How long something may stay unseen before its id is gone. */
  readonly lostAfterMs: number;
}

/** Something that is followed from frame to frame. */
export interface Track {
  /** Names the track inside the engine, from its first frame on. */
  readonly key: number;
  /** For the world: counts from 1 in the order of births; null until it has been seen often enough. */
  readonly id: number | null;
  readonly classId: number;
  /** Where it is expected at the time of asking. */
  readonly box: BoxXyxy;
  /** How many looks in a row have missed it; 0 while it is seen. */
  readonly misses: number;
  readonly bornMs: number;
  readonly seenMs: number;
}

interface Entry {
  readonly key: number;
  readonly classId: number;
  readonly bornMs: number;
  id: number | null;
  moving: MovingBox;
  hits: number;
  misses: number;
  seenMs: number;
}

/**
 * Follows boxes: gives them ids, and says where they are while nobody looks. Time is that of the frames; when it runs
 * backwards (a video that starts over), everything is forgotten but the count of ids.
 */
export class BoxTracker {
  readonly #options: TrackerOptions;
  #entries: Entry[] = [];
  #lastKey = 0;
  #lastId = 0;
  #nowMs = Number.NEGATIVE_INFINITY;

  constructor(options: TrackerOptions) {
    this.#options = options;
  }

  /**
   * Takes the boxes of one look of a detector: each continues the track that it matches (see `matchBoxes`) or begins a
   * new one. Boxes that are not finite begin none.
   *
   * @returns the key of each box's track; null for a box that is not finite
   */
  look(seen: readonly ClassedBox[], tMs: number): readonly (number | null)[] {
    this.#advance(tMs);
    const entries = this.#entries;
    const keys: (number | null)[] = seen.map(() => null);
    const found = new Set<Entry>();
    const predictedBoxes = entries.map(({ moving, classId }) => ({ box: boxAt(moving, tMs), classId }));
    for (const { followed, seen: index } of matchBoxes(predictedBoxes, seen)) {
      const [entry, box] = [entries[followed], seen[index]?.box];
      if (!entry || !box) continue;
      this.#hit(entry, box, tMs);
      keys[index] = entry.key;
      found.add(entry);
    }
    for (const entry of entries) if (!found.has(entry)) entry.misses++;
    this.#entries = entries.filter((entry) => entry.misses === 0 || tMs - entry.seenMs < this.#options.lostAfterMs);
    for (const [index, { box, classId }] of seen.entries()) {
      if (keys[index] === null && isFiniteBox(box)) keys[index] = this.#begin(box, classId, tMs);
    }
    return keys;
  }

  /**
   * Something else than a detector has seen where a track is: its points, for example. Where it is `sure` that this is
   * the thing, that counts as a look; else it moves the track only. An unknown key is passed over.
   */
  see(key: number, box: BoxXyxy, tMs: number, sure: boolean): void {
    this.#advance(tMs);
    const entry = this.#entries.find((candidate) => candidate.key === key);
    if (!entry || !isFiniteBox(box)) return;
    if (sure) this.#hit(entry, box, tMs);
    else entry.moving = seenAt(entry.moving, box, tMs);
  }

  drop(key: number): void {
    this.#entries = this.#entries.filter((entry) => entry.key !== key);
  }

  /** Everything that is followed, eldest first, with the boxes expected at a time. */
  at(tMs: number): readonly Track[] {
    this.#advance(tMs);
    return this.#entries.map(({ key, id, classId, moving, misses, bornMs, seenMs }) => ({ key, id, classId, box: boxAt(moving, tMs), misses, bornMs, seenMs }));
  }

  /** A new source: nothing is followed, and ids count from 1 again. */
  reset(): void {
    this.#entries = [];
    this.#lastId = 0;
    this.#nowMs = Number.NEGATIVE_INFINITY;
  }

  #advance(tMs: number): void {
    if (tMs < this.#nowMs) this.#entries = [];
    this.#nowMs = tMs;
  }

  #begin(box: BoxXyxy, classId: number, tMs: number): number {
    const entry: Entry = { key: ++this.#lastKey, classId, bornMs: tMs, id: null, moving: movingBoxAt(box, tMs), hits: 0, misses: 0, seenMs: tMs };
    this.#entries.push(entry);
    this.#count(entry);
    return entry.key;
  }

  #hit(entry: Entry, box: BoxXyxy, tMs: number): void {
    entry.moving = seenAt(entry.moving, box, tMs);
    entry.misses = 0;
    entry.seenMs = tMs;
    this.#count(entry);
  }

  #count(entry: Entry): void {
    entry.hits++;
    if (entry.id === null && entry.hits >= this.#options.hitsToBirth) entry.id = ++this.#lastId;
  }
}
