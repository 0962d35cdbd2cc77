import type { BoxXyxy } from '../../geometry/index.ts';
import { clipToUnit } from '../../geometry/index.ts';
import type { PoseFacts } from '../../landmarks/index.ts';
import { poseFacts, regionOfPersonBox } from '../../landmarks/index.ts';
import type { FollowerOptions, Track } from '../../tracking/index.ts';
import { RegionFollower } from '../../tracking/index.ts';
import type { Detection } from '../../yolo/tf.ts';
import type { DetectedPose, EngineConfig } from '../protocol.ts';
import type { FrameLook } from './frame-look.ts';
import type { DetectorJob } from './loaded-models.ts';
import type { BoxRelation } from './point-geometry.ts';
import { boundsOf, boxAbout, relationOf } from './point-geometry.ts';
import { PointTrail } from './point-trail.ts';
import type { Demand, Job } from './scheduler.ts';

/** Persons may stand before each other: only boxes that are nearly the same are of one. */
const following: FollowerOptions = { hitsToBirth: 2, lostAfterMs: 900, searchMs: 400, retryMs: 150, most: 32, doubles: { iou: 0.75, within: 1 } };

interface PersonRecord {
  readonly trail: PointTrail;
  score: number;
  facts: PoseFacts | null;
  relation: BoxRelation | null;
}

/** Follows the bodies of persons: found by a detector of objects now and then, and by their own points in between. */
export class PoseWatch {
  readonly #follower = new RegionFollower(following);
  readonly #records = new Map<number, PersonRecord>();
  #detected: ReadonlyMap<number, Detection> = new Map();

  /** @param detector the job that finds persons; it is asked for here unless it runs anyway */
  demands({ tasks }: EngineConfig, has: (job: Job) => boolean, detector: DetectorJob, tMs: number): readonly Demand[] {
    if (!tasks.includes('pose') || !has('pose') || !has(detector)) return [];
    const due = this.#follower.detectionDue(tMs);
    const persons = this.#follower.lookable(tMs).length;
    const runsAnyway = detector === 'objects' && tasks.includes('objects');
    return [
      ...(runsAnyway ? [] : [{ job: detector, units: due ? 1 : 0, everyMs: persons > 0 ? following.searchMs : 0 }]),
      { job: 'pose', units: Math.max(persons, due ? 1 : 0), everyMs: 0 },
    ];
  }

  /** @param persons what a detector found on this frame; null where none looked */
  async look(look: FrameLook, granted: ReadonlyMap<Job, number>, persons: readonly Detection[] | null): Promise<void> {
    const { tMs } = look;
    this.#detected = persons ? this.#follower.look(persons, tMs) : new Map();
    for (const key of this.#detected.keys()) {
      if (!this.#records.has(key)) this.#records.set(key, { trail: new PointTrail(), score: 0, facts: null, relation: null });
    }
    const lookedMs = new Map([...this.#records].map(([key, { trail }]) => [key, trail.lookedMs]));
    for (const track of this.#follower.next(granted.get('pose') ?? 0, tMs, lookedMs)) await this.#lookAt(track, look);
    this.#follower.dropDoubles(tMs);
    this.#settle(look);
  }

  report(tMs: number): readonly DetectedPose[] {
    return this.#follower.tracks(tMs).flatMap((track) => {
      const record = this.#records.get(track.key);
      const points = record?.trail.listAt(track.box, tMs);
      return record?.facts && points ? [{ score: record.score, box: clipToUnit(track.box), trackId: track.id, points, facts: record.facts }] : [];
    });
  }

  reset(): void {
    this.#follower.reset();
    this.#records.clear();
  }

  async #lookAt(track: Track, look: FrameLook): Promise<void> {
    const record = this.#records.get(track.key);
    const card = look.cardOf('pose');
    if (!record || !card) return;
    const { tMs, size } = look;
    const { trail } = record;
    const detected = this.#detected.get(track.key)?.box;
    const followed = detected ? null : trail.regionAt(track.box, size);
    const found = await look.findPoints('pose', followed ?? regionOfPersonBox(detected ?? track.box, size, card));
    if (!found) {
      trail.miss(tMs);
      return;
    }
    const { presence, point } = card.thresholds;
    const bounds = boundsOf(found.points, point);
    if (found.presence < presence || !bounds) {
      this.#follower.refuse(track.key);
      trail.miss(tMs);
      return;
    }
    const relation = detected || !record.relation ? relationOf(bounds, detected ?? track.box) : record.relation;
    const box = boxAbout(bounds, relation);
    record.relation = relation;
    record.score = found.presence;
    record.facts = poseFacts(found.points, size);
    trail.take(found, tMs, sizeOf(box));
    this.#follower.see(track.key, box, tMs, presence > 0 ? 'sure' : 'unsure');
  }

  #settle({ tMs }: FrameLook): void {
    const tracks = new Map(this.#follower.tracks(tMs).map((track) => [track.key, track]));
    for (const [key, { trail }] of this.#records) {
      const track = tracks.get(key);
      if (track) trail.anchor(track.box, tMs);
      else this.#records.delete(key);
    }
  }
}

function sizeOf({ x1, y1, x2, y2 }: BoxXyxy): { readonly width: number; readonly height: number } {
  return { width: x2 - x1, height: y2 - y1 };
}
