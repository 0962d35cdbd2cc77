import type { Calendar, Result } from '../../../base/index.ts';
import { err, ok } from '../../../base/index.ts';
import type { DoorFetch } from '../../../doorlink/index.ts';
import { pairWithBridge } from '../../../doorlink/index.ts';
import type { DescriptorRule, ImpostorDistances } from '../../../faces/index.ts';
import type { AdminGuard, AdminPass, DoorCards, DoorLog, DoorSettingsStore, PersonPins, Vault } from '../../../store/index.ts';
import { chosenOutput, pulseOnce } from '../output/door-output.ts';
import type { OwnerAnswer, OwnerGuard } from '../owner-guard.ts';
import type { RelayLines } from '../output/relay-lines.ts';
import { writeCard } from '../../../kiosk/index.ts';
import { dayMs } from '../../../store/index.ts';
import type { CardHolder, DoorHealth, DoorOffice, DoorPlan, DoorRisk, Lock, MadeCard, Pairing, PinHolder } from './door-office.ts';
import { planOf, settingsOf } from './plan-settings.ts';
import { StoreRelayOffice } from './store-relay-office.ts';

export interface OfficeParts {
  readonly guard: AdminGuard;
  readonly settings: DoorSettingsStore;
  readonly log: DoorLog;
  readonly vault: Vault;
  readonly pins: PersonPins;
  readonly cards: DoorCards;
  readonly calendar: Calendar;
  readonly fetch: DoorFetch;
  readonly lines: RelayLines;
  /** How the descriptors that ship are compared; null where none ships. */
  readonly comparison: { readonly rule: DescriptorRule; readonly impostors: ImpostorDistances } | null;
  readonly health: () => Promise<DoorHealth>;
  /** Whether this device can keep passkeys. */
  readonly canPasskey: boolean;
  /** The browser has thrown away what the door kept here. */
  readonly isLost: () => boolean;
}

/** How long a card is good, unless its person is forgotten before. */
const cardDays = 365;

/** The owner's side of the door, on what this device keeps. Every change is written into the door's record. */
export class StoreOffice implements DoorOffice {
  readonly guard: OwnerGuard;
  readonly registerPasskey: DoorOffice['registerPasskey'];
  readonly relay: DoorOffice['relay'];
  readonly isLost: () => boolean;
  readonly #parts: OfficeParts;
  #pass: AdminPass | null = null;
  #hasPasskey = false;

  constructor(parts: OfficeParts) {
    this.#parts = parts;
    this.isLost = parts.isLost;
    const { guard, settings, lines } = parts;
    const isIn = (): boolean => this.#pass !== null && guard.holds(this.#pass);
    const hasPasskey = (): boolean => this.#hasPasskey;
    this.guard = {
      get isIn() {
        return isIn();
      },
      get hasPasskey() {
        return hasPasskey();
      },
      hasOwner: () => this.#hasOwner(),
      enter: (pin) => this.#enter(pin),
      enterByPasskey: () => this.#enterByPasskey(),
      leave: () => {
        if (this.#pass) guard.leave(this.#pass);
        this.#pass = null;
      },
    };
    this.registerPasskey = parts.canPasskey ? (label) => this.#withPass((pass) => nothingOf(guard.addPasskey(pass, label))) : null;
    this.relay = lines.ports && new StoreRelayOffice({ ports: lines.ports, settings, withPass: (work) => this.#withPass(work), note: (action, pass) => this.#note(action, pass) });
  }

  async plan(): Promise<Result<DoorPlan | null>> {
    const read = await this.#parts.settings.read();
    if (!read.ok) return read;
    return ok(read.value.saved ? planOf(read.value.settings) : null);
  }

  savePlan(plan: DoorPlan): Promise<Result<null>> {
    return this.#withPass(async (pass) => {
      const written = await this.#parts.settings.write(settingsOf(plan));
      if (written.ok) await this.#note('settings-changed', pass);
      return written.ok ? ok(null) : written;
    });
  }

  async setOwnerPin(pin: string): Promise<Result<null>> {
    const { guard } = this.#parts;
    if (this.#pass && guard.holds(this.#pass)) return guard.changePin(this.#pass, pin);
    if (this.isLost()) return err('lost', 'the door was set up before, and nobody here can show to be its owner');
    const made = await guard.setUp(pin);
    if (!made.ok) return made;
    this.#pass = made.value;
    return ok(null);
  }

  async paused(): Promise<boolean> {
    const read = await this.#parts.settings.paused();
    return read.ok ? read.value : true;
  }

  setPaused(paused: boolean): Promise<Result<null>> {
    return this.#withPass(async (pass) => {
      const done = await this.#parts.settings.setPaused(paused);
      if (done.ok) await this.#note(paused ? 'door-paused' : 'door-resumed', pass);
      return done;
    });
  }

  async pairing(): Promise<Pairing | null> {
    const paired = await this.#parts.settings.pairing();
    return paired.ok && paired.value ? { doorName: paired.value.doorName, kioskId: paired.value.kioskId } : null;
  }

  async pair(code: string, kioskName: string): ReturnType<DoorOffice['pair']> {
    const { settings, fetch } = this.#parts;
    const pass = this.#pass;
    if (!pass || !this.guard.isIn) return err('not-kept', 'the owner is not in');
    const paired = await pairWithBridge(fetch, code, kioskName);
    if (!paired.ok) return paired;
    const kept = await settings.setPairing(paired.value);
    if (!kept.ok) return err('not-kept', kept.failure.detail);
    await this.#note('paired', pass);
    return ok({ doorName: paired.value.doorName, kioskId: paired.value.kioskId });
  }

  unpair(): Promise<Result<null>> {
    return this.#withPass(async (pass) => {
      const undone = await this.#parts.settings.setPairing(null);
      if (undone.ok) await this.#note('unpaired', pass);
      return undone;
    });
  }

  /** As for a visitor, the record comes first: without it the door is not asked. */
  async testPulse(): ReturnType<DoorOffice['testPulse']> {
    const { settings, log } = this.#parts;
    const pass = this.#pass;
    const output = await chosenOutput(settings);
    if (!output.ok || !output.value) return err('not-paired', 'nothing to open the door with');
    if (!pass || !this.guard.isIn) return err('not-recorded', 'the owner is not in');
    const decisionId = crypto.randomUUID();
    const noted = await this.#note('output-test', pass);
    const asked = noted && (await log.append({ kind: 'pulse', decisionId, stage: 'asked', code: null }));
    if (!asked || !asked.ok) return err('not-recorded', 'the record could not be written');
    const pulsed = await pulseOnce(output.value, decisionId, this.#parts);
    const stage = pulsed.ok ? pulsed.value.outcome : pulsed.failure.asked ? 'unknown' : 'refused';
    const code = !pulsed.ok ? pulsed.failure.code : pulsed.value.outcome === 'opened' ? pulsed.value.confirmedBy : pulsed.value.code;
    await log.append({ kind: 'pulse', decisionId, stage, code });
    return pulsed;
  }

  async risk(): Promise<DoorRisk | null> {
    const { comparison, vault } = this.#parts;
    if (!comparison) return null;
    const gallery = await vault.gallery(comparison.rule.modelId, comparison.rule.length);
    const [people, templates] = gallery.ok ? [new Set(gallery.value.personOf).size, gallery.value.personOf.length] : [0, 0];
    return { people, templates, impostors: comparison.impostors, falseRejects: null };
  }

  async holders(): Promise<Result<readonly PinHolder[]>> {
    const list = await this.#parts.vault.people();
    if (!list.ok) return list;
    const holders = list.value.people.map(async ({ id, name }) => {
      const has = await this.#parts.pins.has(id);
      return { id, name, hasPin: has.ok ? has.value : null };
    });
    return ok(await Promise.all(holders));
  }

  setPersonPin(id: string, pin: string | null): Promise<Result<null>> {
    return this.#withPass(async (pass) => {
      const { pins } = this.#parts;
      const done = pin === null ? await pins.remove(id) : await pins.set(id, pin);
      if (done.ok) await this.#note(pin === null ? 'person-pin-removed' : 'person-pin-set', pass);
      return done;
    });
  }

  async cardHolders(): Promise<Result<readonly CardHolder[]>> {
    const { vault, cards, calendar } = this.#parts;
    const list = await vault.people();
    if (!list.ok) return list;
    const given = await cards.given(calendar.epochMs());
    if (!given.ok) return given;
    const untilOf = (id: string): number | null => given.value.find(({ personId, isCalledOff }) => personId === id && !isCalledOff)?.untilMs ?? null;
    return ok(list.value.people.map(({ id, name }) => ({ id, name, untilMs: untilOf(id) })));
  }

  /** The card says who somebody is and holds no template: the door has its own. */
  giveCard(id: string): Promise<Result<MadeCard>> {
    return this.#withPass(async (pass): Promise<Result<MadeCard>> => {
      const { vault, cards, calendar } = this.#parts;
      const person = await vault.person(id);
      if (!person.ok) return person;
      const keys = await cards.keys();
      if (!keys.ok) return keys;
      const fromMs = Math.floor(calendar.epochMs());
      const { name, retainUntilMs } = person.value.person;
      const untilMs = Math.min(fromMs + cardDays * dayMs, retainUntilMs);
      const card = { cardId: crypto.randomUUID(), personId: id, fromMs, untilMs };
      const written = await writeCard({ ...card, name, template: null }, keys.value);
      if (!written.ok) return written;
      const kept = await cards.give(card);
      if (!kept.ok) return kept;
      await this.#note('card-given', pass);
      return ok({ name, text: written.value, untilMs });
    });
  }

  callOffCard(id: string): Promise<Result<null>> {
    return this.#withPass(async (pass) => {
      const done = await this.#parts.cards.callOff(id);
      if (done.ok) await this.#note('card-called-off', pass);
      return done;
    });
  }

  newest(count: number): ReturnType<DoorOffice['newest']> {
    return this.#parts.log.newest(count);
  }

  exportLog(): Promise<Result<Blob>> {
    return this.#withPass(() => this.#parts.log.exportFile());
  }

  checkLog(): ReturnType<DoorOffice['checkLog']> {
    return this.#parts.log.check();
  }

  fingerprint(): Promise<Result<string | null>> {
    return this.#parts.log.fingerprint();
  }

  health(): Promise<DoorHealth> {
    return this.#parts.health();
  }

  async locks(): Promise<readonly Lock[]> {
    const state = await this.#parts.guard.state();
    const waitMs = state.ok ? state.value.pin.waitMs : 0;
    return waitMs > 0 ? [{ whose: 'owner', name: null, leftMs: waitMs }] : [];
  }

  /** What cannot be read counts as owned: nobody becomes the owner of a damaged door by a new PIN. */
  async #hasOwner(): Promise<boolean> {
    const state = await this.#parts.guard.state();
    if (!state.ok) return true;
    this.#hasPasskey = state.value.passkeys.length > 0;
    return state.value.pin.is !== 'none' || state.value.passphrase.is !== 'none' || this.#hasPasskey;
  }

  async #enter(pin: string): Promise<OwnerAnswer> {
    const tried = await this.#parts.guard.enterByPin(pin);
    if (!tried.ok) return { kind: 'failed', detail: tried.failure.detail };
    const entry = tried.value;
    if (entry.outcome === 'in') this.#pass = entry.pass;
    if (entry.outcome === 'wrong' && entry.waitMs === 0) return { kind: 'wrong', triesLeft: entry.triesLeft };
    return entry.outcome === 'in' ? { kind: 'right' } : { kind: 'locked', leftMs: entry.waitMs };
  }

  async #enterByPasskey(): Promise<OwnerAnswer> {
    const used = await this.#parts.guard.enterByPasskey();
    if (!used.ok) return { kind: 'failed', detail: used.failure.detail };
    this.#pass = used.value;
    return { kind: 'right' };
  }

  async #withPass<T>(work: (pass: AdminPass) => Promise<Result<T>>): Promise<Result<T>> {
    const pass = this.#pass;
    return pass && this.#parts.guard.holds(pass) ? work(pass) : err('no-pass', 'no owner, or not any more');
  }

  /** @returns whether it is in the record */
  async #note(action: string, pass: AdminPass): Promise<boolean> {
    return (await this.#parts.log.append({ kind: 'admin', action, by: pass.by, subjects: [] })).ok;
  }
}

async function nothingOf(work: Promise<Result<unknown>>): Promise<Result<null>> {
  const done = await work;
  return done.ok ? ok(null) : done;
}
