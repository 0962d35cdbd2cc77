import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { DoorDecision, DoorObservation } from '../../faces/index.ts';
import { decide } from '../../faces/index.ts';
import type { Person } from '../../store/index.ts';
import type { FaceJudge, JudgeFailure, Judgement } from './face-judge.ts';
import type { FaceLook } from './face-look.ts';

/** What the door would say by the face alone. */
export interface TrialVerdict {
  readonly state: DoorDecision['state'];
  readonly person: Person | null;
  /** Of the newest face that was judged. */
  readonly judgement: Judgement;
}

/** A door asks for more than one look. A photo has only one to give. */
const frames = { live: { minFrames: 3, minSpanMs: 500 }, still: { minFrames: 1, minSpanMs: 0 } } as const;
const maxAgeMs = 4000;
/** A shot that the gate lets pass counts. */
const minQuality = 0.5;
const maxAgainst = 0.34;

/** Judges looks as they come and says what they amount to, as a door would, but for the signs of life that it asks for too. */
export class DoorTrial {
  readonly #judge: FaceJudge;
  readonly #modelId: string;
  #observations: readonly DoorObservation[] = [];
  #people = new Map<string, Person>();

  constructor(judge: FaceJudge, modelId: string) {
    this.#judge = judge;
    this.#modelId = modelId;
  }

  /** @returns null for a look that tells nothing new */
  see(look: FaceLook): Result<TrialVerdict, JudgeFailure> | null {
    const { descriptor, tMs, isStill } = look;
    if (!descriptor || this.#observations.some((known) => known.tMs === tMs)) return null;
    const judged = this.#judge.judge(descriptor);
    if (!judged.ok) return judged;
    for (const person of [judged.value.person, judged.value.second]) if (person) this.#people.set(person.id, person);
    const observation: DoorObservation = {
      tMs,
      trackId: look.trackId ?? 0,
      modelId: this.#modelId,
      distances: judged.value.kind === 'known-other' ? [] : judged.value.distances,
      quality: isStill ? Math.max(minQuality, look.verdict.quality) : look.verdict.quality,
      cues: [],
      faces: look.faces,
    };
    this.#observations = [...this.#observations.filter((known) => known.trackId === observation.trackId && tMs - known.tMs <= maxAgeMs), observation];
    const { limit } = this.#judge;
    const decision = decide(this.#observations, {
      nowMs: tMs,
      modelId: this.#modelId,
      threshold: limit.distance,
      margin: limit.margin,
      claimedId: null,
      ...(isStill ? frames.still : frames.live),
      maxAgeMs,
      maxSilenceMs: maxAgeMs,
      minQuality,
      maxAgainst,
      requiredCues: [],
    });
    return ok({ state: decision.state, person: decision.personId === null ? null : (this.#people.get(decision.personId) ?? null), judgement: judged.value });
  }

  reset(): void {
    this.#observations = [];
  }
}
