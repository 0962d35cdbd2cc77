import type { Actor, ActorOptions } from 'xstate';
import { createActor } from 'xstate';
import { messageOf } from '../../base/index.ts';
import type { FrameResult } from '../../pipeline/index.ts';
import type { FlowInput } from '../flow/context.ts';
import type { KioskEffect } from '../flow/effects.ts';
import type { KioskEvent } from '../flow/events.ts';
import { kioskMachine } from '../flow/machine.ts';
import { snapshotOf } from '../flow/snapshot-of.ts';
import type { KioskInput } from '../input.ts';
import type { Kiosk } from '../kiosk.ts';
import type { Audit, Cards, DoorGallery, DoorOutput, Frames, Gallery, KioskClock, KnownPerson, PinCheck } from '../ports.ts';
import type { FrameRules, KioskLimits, KioskRules, KioskTimes } from '../rules.ts';
import { usualLimits, usualTimes } from '../rules.ts';
import type { KioskSnapshot, ServiceReason } from '../snapshot.ts';
import { claimByName, claimByRow } from '../visit/claim.ts';
import { lookOf } from '../visit/look.ts';
import type { Moment } from '../visit/moment.ts';
import { Faults } from './faults.ts';
import { FrameAge } from './frame-age.ts';
import { FrameAlarm } from './frame-alarm.ts';
import { DoorOnce } from './door-once.ts';
import { RecordWriter } from './record-writer.ts';

export interface KioskDeps {
  readonly rules: KioskRules;
  readonly frameRules: FrameRules;
  readonly times?: KioskTimes;
  readonly limits?: KioskLimits;
  readonly gallery: Gallery;
  readonly audit: Audit;
  readonly door: DoorOutput;
  readonly pins: PinCheck;
  readonly cards: Cards;
  readonly frames: Frames;
  readonly clock: KioskClock;
  /** Random ids, 1 to 64 of letters, digits, `_` and `-`. */
  readonly newId?: () => string;
  readonly random?: () => number;
}

/** How long a machine that threw is left alone. */
const restartMs = 1000;

export function createKiosk(deps: KioskDeps): Kiosk {
  return new RunningKiosk(deps);
}

/** Runs the machine: brings it the world's events, does what it asks for, and starts a new one where it throws. */
class RunningKiosk implements Kiosk {
  readonly #deps: KioskDeps;
  readonly #input: FlowInput;
  readonly #listeners = new Set<(snapshot: KioskSnapshot) => void>();
  readonly #faults: Faults;
  readonly #record: RecordWriter;
  readonly #door: DoorOnce;
  readonly #alarm: FrameAlarm;
  readonly #age = new FrameAge();
  readonly #endFrames: () => void;
  #actor: Actor<typeof kioskMachine> | null = null;
  #shown: KioskSnapshot = { state: 'idle' };
  #isReadingCard = false;
  #isOver = false;

  constructor(deps: KioskDeps) {
    this.#deps = deps;
    const { rules, frameRules, times = usualTimes, limits = usualLimits, clock, audit, newId = () => crypto.randomUUID(), random = cryptoRandom } = deps;
    this.#input = { rules, frames: frameRules, times, limits, newId, random };
    this.#faults = new Faults((reasons, added) => {
      if (added && this.#record.waiting < 100) this.#record.note({ kind: 'fault', part: 'flow', code: added });
      this.#tell({ type: 'faults', reasons });
    });
    this.#record = new RecordWriter({ audit, clock, onBroken: (isBroken) => this.#faults.set('record', isBroken) });
    this.#door = new DoorOnce(deps.door, this.#record);
    this.#alarm = new FrameAlarm({ clock, onSilence: (isSilent) => this.#faults.set('no-frames', isSilent) });
    this.#begin();
    this.#endFrames = deps.frames.subscribe((frame) => this.#takeFrame(frame));
  }

  get snapshot(): KioskSnapshot {
    return this.#shown;
  }

  people(): readonly KnownPerson[] {
    return this.#gallery()?.people ?? [];
  }

  subscribe(listener: (snapshot: KioskSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send(input: KioskInput): void {
    switch (input.type) {
      case 'claim':
      case 'claim-name': {
        const known = { people: this.people() };
        this.#tell({ type: 'claim', claim: input.type === 'claim' ? claimByRow(input.personId, known) : claimByName(input.name, known) });
        break;
      }
      case 'card':
        void this.#readCard(input.text);
        break;
      case 'pin':
        this.#tell({ ...input, at: this.#moment() });
        break;
      default:
        this.#tell(input);
    }
  }

  setFault(reason: ServiceReason, isPresent: boolean): void {
    this.#faults.set(reason, isPresent);
  }

  isIdle(): boolean {
    return this.#shown.state === 'idle' || this.#shown.state === 'out-of-service';
  }

  dispose(): void {
    this.#isOver = true;
    this.#endFrames();
    this.#alarm.stop();
    this.#door.stopAll();
    this.#actor?.stop();
    this.#actor = null;
    this.#listeners.clear();
  }

  #begin(): void {
    const { clock } = this.#deps;
    const machineClock: NonNullable<ActorOptions<typeof kioskMachine>['clock']> = { setTimeout: (run, delayMs) => clock.after(delayMs, () => run()), clearTimeout: (cancel: () => void) => cancel() };
    const actor = createActor(kioskMachine, { input: this.#input, clock: machineClock });
    for (const type of ['record', 'open', 'stop-opening', 'check-pin', 'note'] as const) actor.on(type, (effect) => this.#perform(effect));
    actor.subscribe({
      next: (machine) => this.#show(snapshotOf(machine)),
      error: (thrown) => this.#beginAgain(thrown),
    });
    this.#actor = actor.start();
    this.#tell({ type: 'faults', reasons: this.#faults.reasons });
  }

  /** A bug costs one visit, not the door: whatever was under way is forgotten, and nothing of it fires. */
  #beginAgain(thrown: unknown): void {
    this.#actor = null;
    this.#door.stopAll();
    this.#record.note({ kind: 'fault', part: 'flow', code: codeOf(thrown) });
    this.#show({ state: 'out-of-service', reason: 'no-engine' });
    this.#deps.clock.after(restartMs, () => {
      if (!this.#isOver) this.#begin();
    });
  }

  #takeFrame(frame: FrameResult): void {
    if (this.#isOver) return;
    this.#alarm.noteFrame();
    const at = this.#moment();
    const isOld = this.#age.of(frame.tMs, at.runMs) > this.#input.times.maxFrameAgeMs;
    const gallery = this.#gallery();
    this.#faults.set('gallery', gallery === null);
    this.#faults.set('door-offline', this.#deps.door.position() === 'offline');
    if (gallery && !isOld) this.#tell({ type: 'frame', look: lookOf(frame, at, this.#input.limits), gallery });
  }

  #perform(effect: KioskEffect): void {
    switch (effect.type) {
      case 'record':
        void this.#writeDown(effect);
        break;
      case 'open':
        void this.#door.open(effect.decisionId).then((result) => this.#tell({ type: 'opened', decisionId: effect.decisionId, result }));
        break;
      case 'stop-opening':
        this.#door.stop(effect.decisionId);
        break;
      case 'check-pin':
        void this.#checkPin(effect);
        break;
      case 'note':
        this.#record.note(effect.entry);
    }
  }

  async #writeDown({ decision }: Extract<KioskEffect, { readonly type: 'record' }>): Promise<void> {
    const { decisionId } = decision;
    const kept = await this.#record.keep([decision, { kind: 'pulse', decisionId, stage: 'asked', code: null }]);
    this.#tell({ type: 'recorded', decisionId, kept, at: this.#moment() });
    // The machine has asked for the door by now, or it has gone on without.
    if (kept && !this.#door.wasAsked(decisionId)) this.#record.note({ kind: 'pulse', decisionId, stage: 'refused', code: 'not-asked' });
  }

  async #checkPin({ ticket, personId, digits }: Extract<KioskEffect, { readonly type: 'check-pin' }>): Promise<void> {
    const check = async () => await this.#deps.pins.check(personId, digits);
    const result = await check().then(
      (checked) => (checked.ok ? checked.value : null),
      () => null,
    );
    this.#tell({ type: 'pin-checked', ticket, result, at: this.#moment() });
  }

  async #readCard(text: string): Promise<void> {
    // A code in front of the camera is read many times a second.
    if (this.#isReadingCard) return;
    this.#isReadingCard = true;
    const open = async () => await this.#deps.cards.open(text);
    const card = await open().then(
      (opened) => (opened.ok ? opened.value : null),
      () => null,
    );
    this.#isReadingCard = false;
    this.#tell({ type: 'card', card, at: this.#moment() });
  }

  #gallery(): DoorGallery | null {
    try {
      return this.#deps.gallery.current();
    } catch {
      return null;
    }
  }

  #moment(): Moment {
    const { clock } = this.#deps;
    return { runMs: clock.nowMs(), epochMs: clock.epochMs() };
  }

  #tell(event: KioskEvent): void {
    if (!this.#isOver) this.#actor?.send(event);
  }

  #show(snapshot: KioskSnapshot): void {
    if (JSON.stringify(snapshot) === JSON.stringify(this.#shown)) return;
    this.#shown = snapshot;
    for (const listener of this.#listeners) listener(snapshot);
  }
}

function cryptoRandom(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}

/** A code for the record: letters and digits of what was thrown, and never what a person gave. */
function codeOf(thrown: unknown): string {
  const name = messageOf(thrown).split(':')[0] ?? '';
  return `threw-${name.toLowerCase().replace(/[^a-z0-9]+/gu, '-')}`.slice(0, 48);
}
