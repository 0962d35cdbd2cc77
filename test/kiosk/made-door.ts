import { ok } from '../../src/base/index.ts';
import type { Result } from '../../src/base/index.ts';
import type { AuditEntry, DoorGallery, DoorPosition, FrameRules, Kiosk, KioskRules, KioskSnapshot, OpenedCard, PinResult, PulseResult } from '../../src/kiosk/index.ts';
import { createKiosk } from '../../src/kiosk/index.ts';
import type { FrameResult } from '../../src/pipeline/index.ts';
import { MadeClock, settled } from './made-clock.ts';
import type { Somebody } from './made-frame.ts';
import { frameOf } from './made-frame.ts';
import { madeGallery } from './made-people.ts';

export const rules: KioskRules = {
  mode: 'anyone',
  claimWays: ['list', 'typed', 'card'],
  secondFactor: 'pin',
  faceAloneSigned: false,
  pinInstead: true,
  targetFalseMatchRate: 1e-3,
  liveness: {
    required: ['liveness'],
    challenges: [],
    bars: { liveness: { passes: 0.8, fails: 0.3, minFrames: 2 }, antispoof: null, moire: null, flatness: null },
  },
};

export const frameRules: FrameRules = { minFrames: 3, minSpanMs: 250, maxAgeMs: 12_000, maxSilenceMs: 1500, minQuality: 0.5, maxAgainst: 0.25, margin: 0.4 };

export interface DoorOptions {
  readonly rules?: Partial<KioskRules>;
  readonly pulse?: (decisionId: string, signal: AbortSignal) => Promise<PulseResult>;
  readonly append?: (entry: AuditEntry) => Promise<Result<null>>;
  readonly check?: (personId: string | null, digits: string) => Promise<Result<PinResult>>;
  readonly cards?: (text: string) => Promise<Result<OpenedCard>>;
  readonly gallery?: () => DoorGallery | null;
  readonly random?: () => number;
  readonly newId?: () => string;
  readonly clock?: MadeClock;
}

/** A kiosk with real judgement, and a door, a record and PINs that a test holds. PIN of everybody: 2468. */
export class MadeDoor {
  readonly clock: MadeClock;
  /** What the record has kept. */
  readonly kept: AuditEntry[] = [];
  /** Decisions for which the door was asked, and how much was kept by then. */
  readonly pulses: { readonly decisionId: string; readonly keptBefore: number }[] = [];
  readonly checked: (string | null)[] = [];
  readonly shown: KioskSnapshot[] = [];
  readonly kiosk: Kiosk;
  position: DoorPosition = 'closed';
  #onFrame: ((frame: FrameResult) => void) | null = null;
  #frameId = 0;
  #ids = 0;

  constructor(options: DoorOptions = {}) {
    this.clock = options.clock ?? new MadeClock();
    const { append = () => Promise.resolve(ok(null)), pulse = () => Promise.resolve({ outcome: 'opened', code: 'simulator' }) } = options;
    const gallery = madeGallery();
    const check = options.check ?? ((_, digits) => Promise.resolve(ok({ kind: digits === '2468' ? 'right' : 'wrong' })));
    this.kiosk = createKiosk({
      rules: { ...rules, ...options.rules },
      frameRules,
      clock: this.clock,
      gallery: { current: options.gallery ?? (() => gallery) },
      audit: {
        append: async (entry) => {
          const result = await append(entry);
          if (result.ok) this.kept.push(entry);
          return result;
        },
      },
      door: {
        pulse: (decisionId, signal) => {
          this.pulses.push({ decisionId, keptBefore: this.kept.length });
          return pulse(decisionId, signal);
        },
        position: () => this.position,
      },
      pins: {
        check: (personId, digits) => {
          this.checked.push(personId);
          return check(personId, digits);
        },
      },
      cards: { open: options.cards ?? (() => Promise.resolve({ ok: false, failure: { code: 'no-card', detail: '' } })) },
      frames: {
        subscribe: (onFrame) => {
          this.#onFrame = onFrame;
          return () => (this.#onFrame = null);
        },
      },
      newId: options.newId ?? (() => `decision-${++this.#ids}`),
      random: options.random ?? (() => 0),
    });
    this.kiosk.subscribe((snapshot) => this.shown.push(snapshot));
  }

  get state(): KioskSnapshot['state'] {
    return this.kiosk.snapshot.state;
  }

  /** So many decisions were granted by what the record holds. */
  get granted(): readonly string[] {
    return this.kept.flatMap((entry) => (entry.kind === 'decision' && entry.outcome === 'granted' ? [entry.decisionId] : []));
  }

  /** Frames of them for so long, ten in a second. */
  async look(people: readonly Somebody[], ms = 1000): Promise<void> {
    for (let passed = 0; passed < ms; passed += 100) {
      this.frame(people);
      await this.clock.pass(100);
    }
  }

  frame(people: readonly Somebody[], tMs = this.clock.nowMs()): void {
    this.#onFrame?.(frameOf(people, tMs, ++this.#frameId));
  }

  async type(digits: string): Promise<void> {
    this.kiosk.send({ type: 'pin', digits });
    await settled();
  }
}
