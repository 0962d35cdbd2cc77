import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { doorIdOf, verifyAudit } from '../../src/audit/index.ts';
import { err, ok, seededRandom } from '../../src/base/index.ts';
import type { Result } from '../../src/base/index.ts';
import { challengeNames } from '../../src/faces/index.ts';
import type { AuditEntry, KioskRules, KnownPerson, PinResult, PulseResult } from '../../src/kiosk/index.ts';
import { doorLogAudit } from '../../src/kiosk/index.ts';
import { createDatabase, createDoorLog } from '../../src/store/index.ts';
import { MadeClock } from './made-clock.ts';
import { MadeDoor, rules } from './made-door.ts';
import type { Somebody } from './made-frame.ts';
import { everybody, faceBetween } from './made-people.ts';

const seed = 20_310_506;
const visits = 1000;
const kiosks = 20;

type Kind = 'right' | 'stranger' | 'photo' | 'two' | 'between' | 'poor' | 'swapped' | 'nobody';
const kinds: readonly Kind[] = ['right', 'right', 'right', 'stranger', 'photo', 'two', 'between', 'poor', 'swapped', 'nobody'];
const faults = ['none', 'none', 'none', 'record-refuses', 'record-throws', 'record-hangs', 'record-late', 'door-offline', 'door-refuses', 'door-throws', 'door-hangs', 'door-slow', 'pin-throws', 'pin-hangs', 'pin-locked', 'frames-stop', 'date-jumps', 'no-gallery', 'dice-throw', 'reload', 'owner'] as const;
type Fault = (typeof faults)[number];

/** What is true of the visitor, whatever the kiosk believes. */
interface Truth {
  readonly kind: Kind;
  readonly person: KnownPerson;
  /** Persons whose right PIN was typed. */
  readonly pins: Set<string>;
}

const moves = { blink: { blinks: 1 }, 'turn-left': { yawRad: 0.5 }, 'turn-right': { yawRad: -0.5 }, nod: { pitchRad: 0.3 }, smile: { smile: 0.7 } } as const;

describe('a thousand visits with random faults', () => {
  it('never open without a granted decision on record, lose no entry, and end every one of them', async () => {
    const random = seededRandom(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    await deleteDB('thousand-visits');
    const database = createDatabase({ name: 'thousand-visits' });
    onTestFinished(() => database.close());
    const clock = new MadeClock();
    const log = createDoorLog(database, { calendar: clock, clock });
    const audit = doorLogAudit(log);
    let ids = 0;
    let truth: Truth = { kind: 'nobody', person: everybody[0] as KnownPerson, pins: new Set() };
    let fault: Fault = 'none';
    const offered: AuditEntry[] = [];
    const kept: { readonly entry: AuditEntry; readonly truth: Truth }[] = [];
    const pulsed: string[] = [];
    const problems: string[] = [];
    const ended = new Map<string, number>();

    const append = async (entry: AuditEntry): Promise<Result<null>> => {
      offered.push(entry);
      if (fault === 'record-refuses') return err('quota', '');
      if (fault === 'record-throws') throw new Error('no disk');
      if (fault === 'record-hangs') return await new Promise<never>(() => undefined);
      if (fault === 'record-late') await new Promise<void>((resolve) => clock.after(1500, resolve));
      const written = await clock.during(audit.append(entry));
      if (written.ok) kept.push({ entry, truth });
      return written;
    };
    const pulse = async (decisionId: string, signal: AbortSignal): Promise<PulseResult> => {
      if (fault === 'door-refuses') return { outcome: 'refused', code: 'output-refused' };
      if (fault === 'door-throws') throw new Error('no line');
      if (fault === 'door-hangs') return await new Promise<never>(() => undefined);
      if (fault === 'door-slow') await new Promise<void>((resolve) => clock.after(random() * 8000, resolve));
      if (signal.aborted) return { outcome: 'refused', code: 'expired' };
      // The relay moves here.
      pulsed.push(decisionId);
      const before = kept.map(({ entry }) => entry);
      if (!before.some((entry) => entry.kind === 'decision' && entry.outcome === 'granted' && entry.decisionId === decisionId)) problems.push(`${decisionId}: no decision on record`);
      if (!before.some((entry) => entry.kind === 'pulse' && entry.stage === 'asked' && entry.decisionId === decisionId)) problems.push(`${decisionId}: not on record as asked`);
      return { outcome: 'opened', code: 'simulator' };
    };
    const check = async (personId: string | null, digits: string): Promise<Result<PinResult>> => {
      if (fault === 'pin-throws') throw new Error('no memory');
      if (fault === 'pin-hangs') return await new Promise<never>(() => undefined);
      if (fault === 'pin-locked') return ok({ kind: 'locked', whose: pick(['person', 'kiosk']), leftMs: 30_000 });
      if (personId === null || digits !== '2468') return ok({ kind: 'wrong' });
      truth.pins.add(personId);
      return ok({ kind: 'right' });
    };
    const doorWith = (chosen: Partial<KioskRules>) =>
      new MadeDoor({
        rules: chosen, clock, append, pulse, check,
        newId: () => `decision-${++ids}`,
        random: () => {
          if (fault === 'dice-throw') throw new TypeError('no dice');
          return random();
        },
        cards: (text) => Promise.resolve(text === 'bad' ? err('card-invalid', '') : ok({ cardId: 'card', personId: text, name: text, template: null })),
        ...(fault === 'no-gallery' ? { gallery: () => null } : {}),
      });

    for (let number = 0; number < kiosks; number++) {
      const chosen: Partial<KioskRules> = {
        mode: pick(['anyone', 'anyone', 'claimed']),
        secondFactor: pick(['pin', 'card', 'none']),
        faceAloneSigned: random() < 0.7,
        pinInstead: random() < 0.7,
        liveness: { ...rules.liveness, challenges: pick([[], challengeNames]) },
      };
      fault = 'none';
      let door = doorWith(chosen);
      for (let visit = 0; visit < visits / kiosks; visit++) {
        const number = Math.floor(random() * everybody.length);
        truth = { kind: pick(kinds), person: everybody[number] as KnownPerson, pins: new Set() };
        fault = pick(faults);
        const faultAt = Math.floor(random() * 25);
        const trackId = ids * 1000 + visit * 10 + 1;
        let blinks = 0;
        for (let step = 0; step < 45; step++) {
          if (step === faultAt && fault === 'date-jumps') clock.setDateOn(pick([-1, 1]) * 3_600_000);
          if (step === faultAt && fault === 'door-offline') door.position = 'offline';
          if (step === faultAt && fault === 'owner') door.kiosk.send({ type: 'maintenance', on: true });
          if (step === faultAt && fault === 'reload') {
            door.kiosk.dispose();
            door = doorWith(chosen);
          }
          const { snapshot } = door.kiosk;
          const move = snapshot.state === 'challenge' ? snapshot.challenge : null;
          const isOut = move !== null && step % 8 >= 4;
          if (isOut) blinks = Math.max(blinks, 1);
          if (!(fault === 'frames-stop' && step > faultAt)) door.frame(seenOf(truth, number, trackId, step, { ...(isOut && move !== 'blink' ? moves[move] : {}), blinks }));
          if (random() < 0.35) act(door, truth, random, pick);
          await clock.pass(150);
        }
        fault = 'none';
        door.position = 'closed';
        door.kiosk.send({ type: 'maintenance', on: false });
        // Everybody goes away. Within the longest wait there is, the kiosk waits for the next one.
        for (let step = 0; step < 80 && !(step > 20 && door.state === 'idle'); step++) {
          door.frame([]);
          await clock.pass(500);
        }
        ended.set(door.state, (ended.get(door.state) ?? 0) + 1);
        if (door.state !== 'idle') problems.push(`${truth.kind}: ends in ${JSON.stringify(door.kiosk.snapshot)}`);
      }
      await clock.pass(15_000);
      door.kiosk.dispose();
    }

    const granted = kept.flatMap(({ entry, truth: visitor }) => (entry.kind === 'decision' && entry.outcome === 'granted' ? [{ entry, visitor }] : []));
    for (const { entry, visitor } of granted) {
      const { personId, factors } = entry;
      const isTheirFace = ['right', 'poor', 'swapped'].includes(visitor.kind) && visitor.person.personId === personId;
      // Of two who look alike each is let in by their own name: that is what a name is asked for.
      const isLikeTheirs = visitor.kind === 'between' && entry.mode === 'claimed';
      if (factors.includes('face') && !isTheirFace && !isLikeTheirs) problems.push(`${entry.decisionId}: the face of a ${visitor.kind}`);
      if (factors.includes('pin') && !visitor.pins.has(personId)) problems.push(`${entry.decisionId}: no PIN`);
      if (!factors.includes('face') && !factors.includes('pin')) problems.push(`${entry.decisionId}: by ${factors.join(' ')}`);
    }
    expect(problems).toEqual([]);
    expect([...ended]).toEqual([['idle', visits]]);
    expect(new Set(pulsed).size).toBe(pulsed.length);
    // What only tells of something was kept in the end; what the door depends on may have been given up, and then it stayed shut.
    const lost = offered.filter((entry) => !(entry.kind === 'decision' && entry.outcome === 'granted') && !(entry.kind === 'pulse' && entry.stage === 'asked') && !kept.some((one) => one.entry === entry));
    expect(lost).toEqual([]);
    for (const decisionId of pulsed) expect(kept.filter(({ entry }) => entry.kind === 'pulse' && entry.decisionId === decisionId).length).toBeGreaterThanOrEqual(2);
    const file = await log.exportFile();
    if (!file.ok) throw new Error(file.failure.detail);
    const read = await verifyAudit(new Uint8Array(await file.value.arrayBuffer()));
    if (!read.ok) throw new Error(read.failure.detail);
    const people = new Map(await Promise.all(everybody.map(async ({ personId }) => [await doorIdOf(personId), personId] as const)));
    const logged = read.value.lines.flatMap(({ event }) => (event.kind === 'decision' && event.outcome === 'granted' ? [`${event.decisionId} ${people.get(event.doorPersonId)}`] : []));
    expect(logged).toEqual(granted.map(({ entry }) => `${entry.decisionId} ${entry.personId}`));
    console.log(`${visits} visits: ${granted.length} granted, ${pulsed.length} pulses, ${read.value.lines.length} lines on record`);
    expect(pulsed.length).toBeGreaterThan(50);
  }, 300_000);
});

/** What the camera shows of a visitor. */
function seenOf({ kind }: Truth, person: number, trackId: number, step: number, facts: Somebody['facts']): readonly Somebody[] {
  const base = { person, trackId, ...(facts ? { facts } : {}) };
  if (kind === 'nobody' || step < 1) return [];
  if (kind === 'stranger') return [{ ...base, person: 500 + trackId }];
  if (kind === 'photo') return [{ ...base, liveness: 0.1 }];
  if (kind === 'two') return [base, { person: 300, trackId: trackId + 1 }];
  if (kind === 'between') return [{ ...base, descriptor: faceBetween(person, (person + 1) % everybody.length, step) }];
  if (kind === 'poor') return [{ ...base, instruction: step % 3 === 0 ? 'ok' : 'hold-still' }];
  // Somebody else steps in after a while.
  if (kind === 'swapped' && step > 20) return [{ ...base, person: 900 + trackId, trackId: trackId + 2 }];
  return [base];
}

function act({ kiosk }: MadeDoor, { person }: Truth, random: () => number, pick: <T>(list: readonly T[]) => T): void {
  const other = pick(everybody).personId;
  const digits = random() < 0.7 ? '2468' : '1111';
  switch (kiosk.snapshot.state) {
    case 'pin':
      if (random() < 0.3) kiosk.send({ type: 'claim', personId: pick([person.personId, other]) });
      else kiosk.send({ type: 'pin', digits });
      return;
    case 'claim':
      kiosk.send(pick([{ type: 'claim', personId: person.personId }, { type: 'claim-name', name: pick([person.name, 'Zoe']) }, { type: 'cancel' }, { type: 'card', text: pick([person.personId, other, 'bad']) }]));
      return;
    case 'card':
      kiosk.send({ type: 'card', text: pick([person.personId, person.personId, other, 'bad']) });
      return;
    default:
      if (random() < 0.9) return;
      kiosk.send(pick([{ type: 'start' }, { type: 'cancel' }, { type: 'use-pin' }, { type: 'pin', digits }, { type: 'card', text: pick([person.personId, other, 'bad']) }, { type: 'other-challenge', challenge: 'blink' }]));
  }
}
