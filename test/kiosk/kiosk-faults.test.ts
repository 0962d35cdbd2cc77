import { describe, expect, it } from 'vitest';
import { err, ok } from '../../src/base/index.ts';
import type { PulseResult } from '../../src/kiosk/index.ts';
import type { DoorOptions } from './made-door.ts';
import { MadeDoor } from './made-door.ts';
import { settled } from './made-clock.ts';
import { madeGallery } from './made-people.ts';

const ana = { person: 0 };
const ben = { person: 1 };
const faceAlone = { secondFactor: 'none', faceAloneSigned: true } as const;

function doorWith(options: DoorOptions): MadeDoor {
  return new MadeDoor({ ...options, rules: { ...faceAlone, ...options.rules } });
}

async function nextIsServed(door: MadeDoor): Promise<void> {
  await door.look([], 12_000);
  expect(door.state).toBe('idle');
  await door.look([ben], 1000);
  expect(door.kiosk.snapshot).toEqual({ state: 'welcome', name: 'Ben' });
}

describe('the record fails', () => {
  it.each([
    ['refuses', () => Promise.resolve(err('quota', ''))],
    ['throws', () => Promise.reject(new Error('no disk'))],
    ['never answers', () => new Promise<never>(() => undefined)],
  ])('and %s: the door is not asked, the fault is written when it can be, the next one is served', async (_, fail) => {
    let isBroken = true;
    const door = doorWith({ append: () => (isBroken ? fail() : Promise.resolve(ok(null))) });
    await door.look([ana], 3000);
    expect(door.pulses).toEqual([]);
    expect(['try-again', 'out-of-service', 'opening']).toContain(door.state);
    await door.look([], 3000);
    expect(door.kiosk.snapshot).toEqual({ state: 'out-of-service', reason: 'record' });
    isBroken = false;
    await door.look([], 8000);
    expect(door.state).toBe('idle');
    expect(door.kept.map((entry) => (entry.kind === 'fault' ? `${entry.part}:${entry.code}` : entry.kind))).toContainEqual(expect.stringMatching(/^record:/u));
    await nextIsServed(door);
    expect(door.pulses).toHaveLength(1);
  });

  it('and keeps the decision but not that the door is asked: it is not', async () => {
    const door = doorWith({ append: (entry) => Promise.resolve(entry.kind === 'pulse' ? err('quota', '') : ok(null)) });
    await door.look([ana], 1000);
    expect(door.pulses).toEqual([]);
  });

  it('and answers too late: nothing opens, and the record says that it did not', async () => {
    const door = doorWith({ append: (entry) => (entry.kind === 'pulse' && entry.stage === 'asked' ? new Promise((resolve) => door.clock.after(1900, () => resolve(ok(null)))) : new Promise((resolve) => door.clock.after(300, () => resolve(ok(null))))) });
    await door.look([ana], 6000);
    expect(door.pulses).toEqual([]);
    await door.look([], 8000);
    expect(door.kept).toContainEqual({ kind: 'pulse', decisionId: door.granted[0], stage: 'refused', code: 'not-asked' });
  });
});

describe('the door fails', () => {
  it.each<[string, (signal: AbortSignal) => Promise<PulseResult>, object]>([
    ['is offline', () => Promise.resolve({ outcome: 'refused', code: 'output-offline' }), { reason: 'not-now' }],
    ['throws', () => Promise.reject(new Error('no line')), { reason: 'door-unknown' }],
    ['does not know', () => Promise.resolve({ outcome: 'unknown', code: 'output-timeout' }), { reason: 'door-unknown' }],
  ])('and %s: it says so, asks no second time, and the next one is served', async (_, fail, said) => {
    let isBroken = true;
    const door = doorWith({ pulse: (_id, signal) => (isBroken ? fail(signal) : Promise.resolve({ outcome: 'opened', code: 'simulator' })) });
    await door.look([ana], 800);
    expect(door.kiosk.snapshot).toMatchObject({ state: 'try-again', ...said });
    await door.look([ana], 10_000);
    expect(door.pulses).toHaveLength(1);
    isBroken = false;
    await nextIsServed(door);
  });

  it('and is too slow: it is called off, and a late yes changes nothing but the record', async () => {
    let isCalledOff = false;
    const slow = async (signal: AbortSignal): Promise<PulseResult> => {
      await new Promise<void>((resolve) => door.clock.after(9000, resolve));
      isCalledOff = signal.aborted;
      return { outcome: 'opened', code: 'broker' };
    };
    const door = doorWith({ pulse: (id, signal) => (door.pulses[0]?.decisionId === id ? slow(signal) : Promise.resolve({ outcome: 'opened', code: 'simulator' })) });
    await door.look([ana], 5000);
    expect(door.kiosk.snapshot).toMatchObject({ state: 'try-again', reason: 'door-unknown' });
    await nextIsServed(door);
    expect(isCalledOff).toBe(true);
    const ofAna = door.kept.filter((entry) => entry.kind === 'pulse' && entry.decisionId === door.granted[0]);
    expect(ofAna.map((entry) => entry.kind === 'pulse' && entry.stage)).toEqual(['asked', 'unknown', 'opened']);
  });

  it('and is known to be offline: out of service until it is back', async () => {
    const door = doorWith({});
    door.position = 'offline';
    await door.look([ana], 500);
    expect(door.kiosk.snapshot).toEqual({ state: 'out-of-service', reason: 'door-offline' });
    door.position = 'closed';
    await door.look([ana], 1000);
    expect(door.state).toBe('welcome');
  });
});

describe('time goes wrong', () => {
  it('an answer of the record that waited while the device slept opens nothing', async () => {
    const answers: (() => void)[] = [];
    const door = doorWith({ append: () => new Promise((resolve) => answers.push(() => resolve(ok(null)))) });
    await door.look([ana], 400);
    expect(door.state).toBe('opening');
    door.clock.setDateOn(3 * 60 * 60 * 1000);
    for (let entry = 0; entry < 3; entry++) {
      answers[entry]?.();
      await settled();
    }
    expect(door.pulses).toEqual([]);
    expect(door.kiosk.snapshot).toMatchObject({ state: 'try-again', reason: 'not-now' });
  });

  it('a right PIN that was checked while the device slept opens nothing', async () => {
    const answers: (() => void)[] = [];
    const door = new MadeDoor({ check: () => new Promise((resolve) => answers.push(() => resolve(ok({ kind: 'right' })))) });
    door.kiosk.send({ type: 'use-pin' });
    door.kiosk.send({ type: 'claim', personId: 'id-ana' });
    await door.type('2468');
    door.clock.setDateOn(60 * 60 * 1000);
    answers[0]?.();
    await settled();
    expect(door.kiosk.snapshot).toMatchObject({ state: 'try-again' });
    expect(door.pulses).toEqual([]);
  });

  it('a date that is set back or forth between visits stops nobody', async () => {
    const door = doorWith({});
    await door.look([ana], 1000);
    door.clock.setDateOn(-3_600_000);
    await nextIsServed(door);
    door.clock.setDateOn(7_200_000);
    await door.look([], 10_000);
    await door.look([ana], 1000);
    expect(door.pulses).toHaveLength(3);
  });

  it('does not look at frames that come seconds late', async () => {
    const door = doorWith({});
    await door.look([], 1000);
    for (let frame = 0; frame < 20; frame++) {
      door.frame([ana], door.clock.nowMs() - 5000);
      await door.clock.pass(100);
    }
    expect(door.state).toBe('idle');
    await door.look([ana], 1000);
    expect(door.state).toBe('welcome');
  });

  it('is out of service when frames stop, and back by itself', async () => {
    const door = doorWith({});
    await door.look([ana], 300);
    await door.clock.pass(6000);
    expect(door.kiosk.snapshot).toEqual({ state: 'out-of-service', reason: 'no-frames' });
    await nextIsServed(door);
    expect(door.kept).toContainEqual({ kind: 'fault', part: 'flow', code: 'no-frames' });
  });
});

describe('the page and its parts fail', () => {
  it('forgets a decision when the page goes: nothing fires afterwards', async () => {
    const answers: (() => void)[] = [];
    const door = doorWith({ append: () => new Promise((resolve) => answers.push(() => resolve(ok(null)))) });
    await door.look([ana], 400);
    expect(door.state).toBe('opening');
    door.kiosk.dispose();
    for (let entry = 0; entry < 3; entry++) {
      answers[entry]?.();
      await settled();
    }
    await door.clock.pass(10_000);
    expect(door.pulses).toEqual([]);
  });

  it('writes down what threw, and begins anew', async () => {
    let isBroken = true;
    const door = doorWith({
      random: () => {
        if (isBroken) throw new TypeError('no dice');
        return 0;
      },
      rules: { liveness: { required: [], challenges: ['blink'], bars: { liveness: null, antispoof: null, moire: null, flatness: null } } },
    });
    await door.look([ana], 500);
    expect(door.kiosk.snapshot).toEqual({ state: 'out-of-service', reason: 'no-engine' });
    expect(door.kept).toContainEqual({ kind: 'fault', part: 'flow', code: 'threw-typeerror' });
    isBroken = false;
    await door.look([ana], 2500);
    expect(door.state).toBe('challenge');
  });

  it('serves nobody without the gallery, nor somebody who was revoked in the middle of a visit', async () => {
    let gallery: ReturnType<typeof madeGallery> | null = null;
    const door = new MadeDoor({ gallery: () => gallery });
    await door.look([ana], 500);
    expect(door.kiosk.snapshot).toEqual({ state: 'out-of-service', reason: 'gallery' });
    gallery = madeGallery();
    await door.look([ana], 1000);
    expect(door.state).toBe('pin');
    gallery = madeGallery(gallery.people.slice(1));
    await door.look([ana], 500);
    await door.type('2468');
    expect(door.pulses).toEqual([]);
  });

  it('takes numbers that are not finite for a fault, never for a face', async () => {
    const door = doorWith({});
    await door.look([{ ...ana, descriptor: { modelId: 'made-network', values: new Float32Array(32).fill(NaN) } }], 1000);
    expect(door.pulses).toEqual([]);
    expect(door.kept).toContainEqual({ kind: 'fault', part: 'faces', code: 'not-finite' });
  });

  it('lets the owner in, serves nobody meanwhile, and goes on', async () => {
    const door = doorWith({});
    door.kiosk.send({ type: 'maintenance', on: true });
    await door.look([ana], 2000);
    expect(door.state).toBe('maintenance');
    door.kiosk.send({ type: 'maintenance', on: false });
    await door.look([ana], 1000);
    expect(door.state).toBe('welcome');
  });
});
