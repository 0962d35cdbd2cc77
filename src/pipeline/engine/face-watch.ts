import type { BoxXyxy } from '../../geometry/index.ts';
import { clipToUnit } from '../../geometry/index.ts';
import type { FaceFacts, PointList } from '../../landmarks/index.ts';
import { BlinkCounter, faceFacts, regionOfFaceBox } from '../../landmarks/index.ts';
import type { DoublesRule, FollowerOptions, Track } from '../../tracking/index.ts';
import { RegionFollower } from '../../tracking/index.ts';
import type { Detection } from '../../yolo/tf.ts';
import type { DetectedFace, EngineConfig } from '../protocol.ts';
import type { FrameLook } from './frame-look.ts';
import { evidenceEveryMs, EvidenceTrail } from './evidence-trail.ts';
import type { BoxRelation } from './point-geometry.ts';
import { boundsOf, boxAbout, relationOf } from './point-geometry.ts';
import { PointTrail } from './point-trail.ts';
import type { Demand, Job } from './scheduler.ts';

type FaceTask = 'landmarks' | 'mesh';

/** The mesh comes first: what it takes for no face needs no landmarks. */
const faceTasks: readonly FaceTask[] = ['mesh', 'landmarks'];

/** When two boxes are of one face. */
export const faceDoubles: DoublesRule = { iou: 0.4, within: 0.75 };

/** Half a second is how long a new face may wait, so the detector looks a little more often. */
const following: FollowerOptions = { hitsToBirth: 2, lostAfterMs: 900, searchMs: 400, retryMs: 120, most: 32, doubles: faceDoubles };

/** Where somebody looks is read from pixels, which takes longer than what is read from points. */
const eyesEveryMs = 150;

/** What is known of a face that is followed. */
interface FaceRecord {
  readonly trails: Readonly<Record<FaceTask, PointTrail>>;
  readonly blinks: BlinkCounter;
  readonly evidence: EvidenceTrail;
  eyesReadMs: number;
  score: number;
  facts: FaceFacts | null;
  relation: BoxRelation | null;
}

/**
 * Follows the faces. Where points are looked for, a face lives by its points from frame to frame and the detector runs
 * only when the following needs it; without points it runs as often as the scheduler lets it.
 */
export class FaceWatch {
  readonly #follower = new RegionFollower(following);
  readonly #records = new Map<number, FaceRecord>();
  #detectedMs = Number.NEGATIVE_INFINITY;
  #detected: ReadonlyMap<number, Detection> = new Map();

  demands({ tasks }: EngineConfig, has: (job: Job) => boolean, tMs: number): readonly Demand[] {
    const points = faceTasks.filter((task) => tasks.includes(task) && has(task));
    if (!has('faces') || (points.length === 0 && !tasks.includes('faces'))) return [];
    if (points.length === 0) return [{ job: 'faces', units: 1, everyMs: 0 }];
    const due = this.#follower.detectionDue(tMs);
    const faces = this.#follower.lookable(tMs).length;
    return [
      { job: 'faces', units: due ? 1 : 0, everyMs: faces > 0 ? following.searchMs : 0 },
      // A face that the detector is about to find is looked at in the same frame.
      ...points.map((job) => ({ job, units: Math.max(faces, due ? 1 : 0), everyMs: 0, ...(faces === 0 && due ? { after: 'faces' as const } : {}) })),
      ...(tasks.includes('embed') && has('embed') ? [{ job: 'embed' as const, units: this.#evidenceDue(tMs).length, everyMs: evidenceEveryMs, after: 'landmarks' as const }] : []),
    ];
  }

  async look(look: FrameLook, granted: ReadonlyMap<Job, number>): Promise<void> {
    const { tMs } = look;
    const found = granted.has('faces') ? await look.detect('faces') : null;
    if (found) this.#take(found, tMs);
    const tasks = faceTasks.filter((task) => look.config.tasks.includes(task) && look.cardOf(task));
    for (const task of tasks) {
      for (const track of this.#follower.next(granted.get(task) ?? 0, tMs, this.#lookedMs(task))) await this.#lookAt(track, task, tasks[0] === task, look);
    }
    this.#follower.dropDoubles(tMs);
    await this.#takeEvidence(look, granted.get('embed') ?? 0);
    this.#settle(look);
  }

  report({ tasks }: EngineConfig, tMs: number): readonly DetectedFace[] {
    const asked = tasks.includes('faces');
    return this.#follower.tracks(tMs).flatMap((track) => {
      const record = this.#records.get(track.key);
      if (!record) return [];
      const landmarks = tasks.includes('landmarks') ? record.trails.landmarks.listAt(track.box, tMs) : null;
      const mesh = tasks.includes('mesh') ? record.trails.mesh.listAt(track.box, tMs) : null;
      const hasPoints = landmarks !== null || mesh !== null;
      if (!hasPoints && (!asked || track.misses > 0)) return [];
      const exact = hasPoints || this.#detectedMs !== tMs ? undefined : this.#detected.get(track.key)?.box;
      return [{ score: record.score, box: clipToUnit(exact ?? track.box), trackId: track.id, landmarks, mesh, facts: hasPoints ? record.facts : null, evidence: tasks.includes('embed') ? record.evidence.newest : null }];
    });
  }

  reset(): void {
    this.#follower.reset();
    this.#records.clear();
    this.#detected = new Map();
  }

  #take(found: readonly Detection[], tMs: number): void {
    this.#detected = this.#follower.look(found, tMs);
    this.#detectedMs = tMs;
    for (const [key, { score }] of this.#detected) {
      const record = this.#records.get(key);
      if (record) record.score = score;
      else this.#records.set(key, { trails: { landmarks: new PointTrail(), mesh: new PointTrail() }, blinks: new BlinkCounter(), evidence: new EvidenceTrail(), eyesReadMs: Number.NEGATIVE_INFINITY, score, facts: null, relation: null });
    }
  }

  /** Looks for one kind of points in one face. The leading kind tells where the face is now and whether it is one. */
  async #lookAt(track: Track, task: FaceTask, leads: boolean, look: FrameLook): Promise<void> {
    const record = this.#records.get(track.key);
    const card = look.cardOf(task);
    if (!record || !card) return;
    const { tMs, size } = look;
    const trail = record.trails[task];
    const found = await look.findPoints(task, trail.regionAt(track.box, size) ?? regionOfFaceBox(track.box, size, card));
    if (!found) {
      trail.miss(tMs);
      return;
    }
    const { presence, point } = card.thresholds;
    if (found.presence < presence || !found.steady) {
      this.#follower.refuse(track.key);
      for (const each of Object.values(record.trails)) each.miss(tMs);
      return;
    }
    const bounds = boundsOf(found.points, point);
    trail.take(found, tMs, sizeOf(bounds ?? track.box));
    if (task === 'landmarks') record.evidence.found(found.points, tMs);
    if (!leads || !bounds) return;
    this.#see(track, record, bounds, presence > 0, tMs);
    record.facts = factsOf(record, found.points, task, look);
  }

  #see(track: Track, record: FaceRecord, bounds: BoxXyxy, sure: boolean, tMs: number): void {
    const detected = this.#detectedMs === tMs ? this.#detected.get(track.key)?.box : undefined;
    const relation = detected || !record.relation ? relationOf(bounds, detected ?? track.box) : record.relation;
    const box = boxAbout(bounds, relation);
    record.relation = relation;
    this.#follower.see(track.key, box, tMs, sure ? 'sure' : 'unsure');
  }

  /** Of the faces whose points were found in this frame, those that have waited longest. */
  async #takeEvidence(look: FrameLook, most: number): Promise<void> {
    const { tMs, config } = look;
    for (const { evidence, facts } of this.#evidenceDue(tMs).filter((record) => record.evidence.hasPointsOf(tMs)).slice(0, most)) {
      if (facts) await evidence.take(look, facts, config.evidence);
    }
  }

  #evidenceDue(tMs: number): readonly FaceRecord[] {
    return [...this.#records.values()].filter(({ evidence }) => evidence.isDue(tMs)).sort((a, b) => a.evidence.lookedMs - b.evidence.lookedMs);
  }

  /** Notes where the tracks are for the points found now, and forgets faces that are gone. */
  #settle({ tMs }: FrameLook): void {
    const tracks = new Map(this.#follower.tracks(tMs).map((track) => [track.key, track]));
    for (const [key, { trails }] of this.#records) {
      const track = tracks.get(key);
      if (!track) this.#records.delete(key);
      else for (const trail of Object.values(trails)) trail.anchor(track.box, tMs);
    }
  }

  #lookedMs(task: FaceTask): ReadonlyMap<number, number> {
    return new Map([...this.#records].map(([key, { trails }]) => [key, trails[task].lookedMs]));
  }
}

/** By the points as they were found: smoothing would take the edge off a blink. */
function factsOf(record: FaceRecord, points: PointList, kind: FaceTask, look: FrameLook): FaceFacts {
  const { tMs, size } = look;
  const readsEyes = tMs - record.eyesReadMs >= eyesEveryMs || tMs < record.eyesReadMs;
  const facts = faceFacts(points, kind, size, readsEyes ? look.eyesOf(points, kind) : undefined);
  if (readsEyes) record.eyesReadMs = tMs;
  return { ...facts, gaze: readsEyes ? facts.gaze : (record.facts?.gaze ?? null), blinks: record.blinks.update(facts, tMs) };
}

function sizeOf({ x1, y1, x2, y2 }: BoxXyxy): { readonly width: number; readonly height: number } {
  return { width: x2 - x1, height: y2 - y1 };
}
