import type { FaceFacts, PointList } from '../../landmarks/index.ts';
import type { EvidenceRule, FaceEvidence } from '../protocol.ts';
import type { FrameLook } from './frame-look.ts';

/** Whether a shot is good is told about as often as a person can follow what is said of it. */
export const evidenceEveryMs = 150;

/** The evidence of one face from frame to frame: when the next is due, and whether a descriptor is still needed. */
export class EvidenceTrail {
  #newest: FaceEvidence | null = null;
  #points: PointList | null = null;
  #pointsMs = Number.NaN;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #describedMs = Number.NEGATIVE_INFINITY;
  #descriptors = 0;

  get newest(): FaceEvidence | null {
    return this.#newest;
  }

  get lookedMs(): number {
    return this.#lookedMs;
  }

  /** Takes the 68 points of this frame as they were found: smoothed ones lie beside the face when it moves. */
  found(points68: PointList, tMs: number): void {
    this.#points = points68;
    this.#pointsMs = tMs;
  }

  hasPointsOf(tMs: number): boolean {
    return this.#pointsMs === tMs;
  }

  isDue(tMs: number): boolean {
    return tMs - this.#lookedMs >= evidenceEveryMs || tMs < this.#lookedMs;
  }

  /** Looks at the face of this frame. A look that fails has been a look. */
  async take(look: FrameLook, facts: FaceFacts, rule: EvidenceRule): Promise<void> {
    const { tMs } = look;
    if (!this.#points) return;
    this.#lookedMs = tMs;
    const evidence = await look.takeEvidence(this.#points, facts, { ...rule, descriptor: this.#isNeeded(rule, tMs) ? 'if-good' : 'no' });
    if (!evidence) return;
    this.#newest = evidence;
    if (!evidence.descriptor) return;
    this.#describedMs = tMs;
    this.#descriptors++;
  }

  #isNeeded({ descriptorEveryMs, enoughPerTrack, againAfterMs }: EvidenceRule, tMs: number): boolean {
    const sinceMs = tMs - this.#describedMs;
    return sinceMs >= (this.#descriptors < enoughPerTrack ? descriptorEveryMs : againAfterMs);
  }
}
