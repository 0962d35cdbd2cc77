import type { BoxXyxy } from '../../geometry/index.ts';
import { clipToUnit } from '../../geometry/index.ts';
import type { TrackerOptions } from '../../tracking/index.ts';
import { BoxTracker } from '../../tracking/index.ts';
import type { Detection } from '../../yolo/tf.ts';
import type { DetectedObject } from '../protocol.ts';

const tracking: TrackerOptions = { hitsToBirth: 2, lostAfterMs: 800 };

/** Follows the objects: gives them ids, and says where they are on frames that the detector did not look at. */
export class ObjectWatch {
  readonly #tracker = new BoxTracker(tracking);
  #seen: readonly { readonly detection: Detection; readonly key: number }[] = [];
  #lookedMs = Number.NEGATIVE_INFINITY;

  look(found: readonly Detection[], tMs: number): void {
    const keys = this.#tracker.look(found, tMs);
    this.#seen = found.flatMap((detection, i) => {
      const key = keys[i] ?? null;
      return key === null ? [] : [{ detection, key }];
    });
    this.#lookedMs = tMs;
  }

  /** What was last seen, where it is at `tMs`. */
  report(tMs: number): readonly DetectedObject[] {
    const tracks = new Map(this.#tracker.at(tMs).map((track) => [track.key, track]));
    return this.#seen.flatMap(({ detection, key }) => {
      const track = tracks.get(key);
      if (!track) return [];
      const box: BoxXyxy = tMs === this.#lookedMs ? detection.box : clipToUnit(track.box);
      return [{ ...detection, box, trackId: track.id }];
    });
  }

  reset(): void {
    this.#tracker.reset();
    this.#seen = [];
  }
}
