import { describe, expect, it } from 'vitest';
import { ok } from '../../src/base/index.ts';
import type { KioskSnapshot } from '../../src/kiosk/index.ts';
import type { DoorOptions } from './made-door.ts';
import { MadeDoor, rules } from './made-door.ts';
import type { Somebody } from './made-frame.ts';

const ana = { person: 0 };
const never = () => new Promise<never>(() => undefined);
const moves = { liveness: { ...rules.liveness, challenges: ['nod'] } } as const;

/** A way into every state that waits for something. */
const ways: readonly (readonly [KioskSnapshot['state'], DoorOptions, Somebody, number])[] = [
  ['claim', { rules: { mode: 'claimed' } }, ana, 300],
  ['look', {}, { ...ana, instruction: 'come-closer' }, 300],
  ['look', {}, { ...ana, instruction: 'more-light' }, 300],
  ['challenge', { rules: moves }, ana, 800],
  ['pin', {}, ana, 800],
  ['card', { rules: { secondFactor: 'card' } }, ana, 800],
  ['opening', { rules: { secondFactor: 'none', faceAloneSigned: true }, append: never }, ana, 400],
  ['opening', { rules: { secondFactor: 'none', faceAloneSigned: true }, pulse: never }, ana, 400],
  ['welcome', { rules: { secondFactor: 'none', faceAloneSigned: true } }, ana, 800],
  ['try-again', { rules: { secondFactor: 'none', faceAloneSigned: true } }, { person: 70 }, 800],
];

describe('every state that waits', () => {
  it.each(ways)('%s ends when its visitor goes away (%#)', async (state, options, somebody, ms) => {
    const door = new MadeDoor(options);
    await door.look([somebody], ms);
    expect(door.state).toBe(state);
    await door.look([], 12_000);
    expect(door.state).toMatch(options.append ? /idle|out-of-service/u : /idle/u);
    expect(door.granted.length).toBe(door.pulses.length);
  });

  it.each(ways)('%s ends by time though its visitor stays, and is idle again within two minutes (%#)', async (state, options, somebody, ms) => {
    const door = new MadeDoor(options);
    await door.look([somebody], ms);
    const from = door.shown.length;
    await door.look([somebody], 120_000);
    const states = door.shown.slice(from).map((snapshot) => snapshot.state);
    expect(states.some((shown) => shown === 'idle' || shown === 'out-of-service')).toBe(true);
    expect(states.length).toBeLessThan(60);
    expect(door.pulses.length).toBeLessThanOrEqual(1);
    expect(state).toBeDefined();
  });

  it.each(ways.filter(([state]) => ['claim', 'look', 'challenge', 'pin', 'card', 'try-again'].includes(state)))('%s can be left by the visitor (%#)', async (_, options, somebody, ms) => {
    const door = new MadeDoor(options);
    await door.look([somebody], ms);
    door.kiosk.send({ type: 'cancel' });
    expect(door.state).toBe('idle');
    await door.look([somebody], 2000);
    expect(door.state).toBe('idle');
  });

  it.each(ways.filter(([state]) => state !== 'opening' && state !== 'welcome'))('%s is left when the kiosk breaks, and for the owner (%#)', async (_, options, somebody, ms) => {
    const door = new MadeDoor(options);
    await door.look([somebody], ms);
    door.kiosk.setFault('camera-covered', true);
    expect(door.kiosk.snapshot).toEqual({ state: 'out-of-service', reason: 'camera-covered' });
    door.kiosk.setFault('no-camera', true);
    expect(door.kiosk.snapshot).toEqual({ state: 'out-of-service', reason: 'no-camera' });
    door.kiosk.setFault('no-camera', false);
    door.kiosk.setFault('camera-covered', false);
    expect(door.state).toBe('idle');
    door.kiosk.send({ type: 'maintenance', on: true });
    expect(door.state).toBe('maintenance');
  });
});

describe('the owner waits', () => {
  it('until what is under way has ended', async () => {
    const door = new MadeDoor({ rules: { secondFactor: 'none', faceAloneSigned: true }, pulse: never });
    await door.look([ana], 400);
    door.kiosk.send({ type: 'maintenance', on: true });
    expect(door.state).toBe('opening');
    await door.look([ana], 5000);
    door.kiosk.send({ type: 'maintenance', on: true });
    expect(door.state).toBe('maintenance');
  });
});

describe('answers that come late', () => {
  it('of the PIN check are nobody’s', async () => {
    const answers: (() => void)[] = [];
    const door = new MadeDoor({ check: () => new Promise((resolve) => answers.push(() => resolve(ok({ kind: 'right' })))) });
    await door.look([ana], 800);
    await door.type('2468');
    await door.look([ana], 6000);
    expect(door.state).not.toBe('opening');
    answers[0]?.();
    await door.look([ana], 300);
    expect(door.pulses).toEqual([]);
    expect(door.kept).toContainEqual({ kind: 'fault', part: 'pin', code: 'timeout' });
  });
});

describe('a device that gives two looks in a second', () => {
  /** @param looks one every 600 ms */
  async function lookSlowly(door: MadeDoor, somebody: Somebody, looks: number): Promise<void> {
    for (let look = 0; look < looks; look++) {
      door.frame([somebody]);
      await door.clock.pass(600);
    }
  }

  it('lets the right person in', async () => {
    const door = new MadeDoor({ rules: { secondFactor: 'none', faceAloneSigned: true } });
    await lookSlowly(door, ana, 4);
    expect(door.kiosk.snapshot).toEqual({ state: 'welcome', name: 'Ana' });
  });

  it('refuses a stranger', async () => {
    const door = new MadeDoor({ rules: { secondFactor: 'none', faceAloneSigned: true } });
    await lookSlowly(door, { person: 70 }, 4);
    expect(door.kiosk.snapshot).toMatchObject({ state: 'try-again', reason: 'not-recognised' });
    expect(door.pulses).toEqual([]);
  });

  it('offers the PIN to whom it is unsure of after six looks', async () => {
    const door = new MadeDoor();
    await lookSlowly(door, { ...ana, liveness: 0.5 }, 5);
    expect(door.state).toBe('look');
    await lookSlowly(door, { ...ana, liveness: 0.5 }, 1);
    expect(door.state).toBe('pin');
  });
});
