import type { BoxXyxy } from '../geometry/index.ts';
import { area } from '../geometry/index.ts';
import type { Track, TrackerOptions } from './box-tracker.ts';
import { BoxTracker } from './box-tracker.ts';
import { inTurn } from './in-turn.ts';
import type { DoublesRule } from './merge-doubles.ts';
import { areDoubles, mergeDoubles } from './merge-doubles.ts';

export interface FollowerOptions extends TrackerOptions {
  /** While everybody who is followed is seen, somebody new is looked for this often. */
  readonly searchMs: number;
  /** When somebody was lost, or has been seen only once, the detector looks again after this time. */
  readonly retryMs: number;
  /** Most to follow; the largest, who are nearest, come first. */
  readonly most: number;
  readonly doubles: DoublesRule;
}

/** What a look at a part of the frame found there. `sure`: by its own account; else it may be anything. */
export type Sight = 'sure' | 'unsure';

/**
 * Follows faces or persons through regions of the frame, so that the detector that finds them need not run on every
 * frame. It is due when nobody is followed, when somebody was lost or is not certain yet, and after an interval, so that
 * somebody new waits no longer than that. Between its runs a track lives by what is seen in its region: a sure sight is as good as a
 * detection, an unsure one moves the track only, and a refusal ends the looks at it until the detector confirms it.
 */
export class RegionFollower {
  readonly #options: FollowerOptions;
  readonly #tracker: BoxTracker;
  /** Tracks in which nothing of the kind was seen, with how often that happened. */
  readonly #refused = new Map<number, number>();
  readonly #resting = new Set<number>();
  #searchedMs = Number.NEGATIVE_INFINITY;
  #lost = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#tracker = new BoxTracker(options);
  }

  detectionDue(tMs: number): boolean {
    const tracks = this.#tracker.at(tMs);
    const agoMs = tMs - this.#searchedMs;
    if (tracks.length === 0 || agoMs < 0) return true;
    const inDoubt = this.#lost || tracks.some((track) => track.misses > 0 || track.id === null);
    return agoMs >= (inDoubt ? this.#options.retryMs : this.#options.searchMs);
  }

  /**
   * Takes the boxes of a detector, best first; doubles of one thing count once.
   *
   * @returns the boxes that are followed now, by the keys of their tracks
   */
  look<T extends { readonly box: BoxXyxy }>(seen: readonly T[], tMs: number): ReadonlyMap<number, T> {
    this.#searchedMs = tMs;
    this.#lost = false;
    const chosen = [...mergeDoubles(seen, this.#options.doubles)].sort((a, b) => area(b.box) - area(a.box)).slice(0, this.#options.most);
    const keys = this.#tracker.look(chosen.map(({ box }) => ({ box, classId: 0 })), tMs);
    const found = new Map<number, T>();
    for (const [index, item] of chosen.entries()) {
      const key = keys[index] ?? null;
      if (key === null) continue;
      found.set(key, item);
      this.#resting.delete(key);
    }
    this.#forgetTheGone(tMs);
    return found;
  }

  /** Something was seen in the region of a track. */
  see(key: number, box: BoxXyxy, tMs: number, sight: Sight): void {
    this.#tracker.see(key, box, tMs, sight === 'sure');
    if (sight === 'sure') this.#refused.delete(key);
  }

  /** Nothing of the kind was seen in the region of a track: the detector shall say whether it is there at all. */
  refuse(key: number): void {
    const before = this.#refused.get(key) ?? 0;
    this.#refused.set(key, before + 1);
    this.#resting.add(key);
    // What the detector goes on to confirm and a look goes on to refuse is a picture on the wall: no reason to hurry.
    if (before === 0) this.#lost = true;
  }

  /** Of tracks that have come to be at the same place, the eldest stays. @returns the keys of those that went */
  dropDoubles(tMs: number): readonly number[] {
    const tracks = this.#tracker.at(tMs);
    const kept: Track[] = [];
    const gone: number[] = [];
    for (const track of tracks) {
      if (kept.some((other) => areDoubles(other.box, track.box, this.#options.doubles))) gone.push(track.key);
      else kept.push(track);
    }
    for (const key of gone) this.#tracker.drop(key);
    this.#forgetTheGone(tMs);
    return gone;
  }

  /** Everybody who is followed, eldest first. */
  tracks(tMs: number): readonly Track[] {
    return this.#tracker.at(tMs);
  }

  /** Those whose regions are worth a look. */
  lookable(tMs: number): readonly Track[] {
    return this.#tracker.at(tMs).filter(({ key }) => !this.#resting.has(key));
  }

  /** Whose regions are looked at in this frame, at most `count`. `lookedMs` says when each was looked at before. */
  next(count: number, tMs: number, lookedMs: ReadonlyMap<number, number>): readonly Track[] {
    const tracks = this.lookable(tMs);
    const keys = inTurn(tracks.map(({ key, box }) => ({ key, box, lookedMs: lookedMs.get(key) ?? Number.NEGATIVE_INFINITY })), count);
    return keys.flatMap((key) => tracks.find((track) => track.key === key) ?? []);
  }

  reset(): void {
    this.#tracker.reset();
    this.#refused.clear();
    this.#resting.clear();
    this.#searchedMs = Number.NEGATIVE_INFINITY;
    this.#lost = false;
  }

  #forgetTheGone(tMs: number): void {
    const alive = new Set(this.#tracker.at(tMs).map(({ key }) => key));
    for (const key of [...this.#refused.keys(), ...this.#resting]) {
      if (alive.has(key)) continue;
      this.#refused.delete(key);
      this.#resting.delete(key);
    }
  }
}
