import { describe, expect, it } from 'vitest';
import { ok } from '../../src/base/index.ts';
import { MadeDoor } from './made-door.ts';

const [ana, ben, stranger] = [{ person: 0 }, { person: 1 }, { person: 77 }];

describe('a visit', () => {
  it('lets in by face and PIN: looks, asks for the PIN, writes down, opens once, and is idle again', async () => {
    const door = new MadeDoor();
    await door.look([{ ...ana, instruction: 'come-closer' }], 300);
    expect(door.kiosk.snapshot).toEqual({ state: 'look', say: 'come-closer', canUsePin: true });
    await door.look([ana], 1000);
    expect(door.kiosk.snapshot).toEqual({ state: 'pin', purpose: 'second', needsName: false, wrong: false, checking: false });
    expect(door.pulses).toEqual([]);
    await door.type('2468');
    expect(door.checked).toEqual(['id-ana']);
    expect(door.kiosk.snapshot).toEqual({ state: 'welcome', name: 'Ana' });
    expect(door.pulses).toHaveLength(1);
    await door.look([], 6000);
    expect(door.state).toBe('idle');
    expect(door.kept).toEqual([
      { kind: 'decision', decisionId: door.pulses[0]?.decisionId, outcome: 'granted', mode: 'anyone', factors: ['face', 'pin'], personId: 'id-ana', reasons: [] },
      { kind: 'pulse', decisionId: door.pulses[0]?.decisionId, stage: 'asked', code: null },
      { kind: 'pulse', decisionId: door.pulses[0]?.decisionId, stage: 'opened', code: 'simulator' },
    ]);
  });

  it('writes before it asks the door', async () => {
    const door = new MadeDoor({ rules: { secondFactor: 'none', faceAloneSigned: true } });
    await door.look([ana]);
    expect(door.pulses).toEqual([{ decisionId: door.granted[0], keptBefore: 2 }]);
  });

  it('says no word of whom a stranger nearly was', async () => {
    const door = new MadeDoor();
    await door.look([stranger], 2000);
    expect(door.kiosk.snapshot).toEqual({ state: 'try-again', reason: 'not-recognised', canUsePin: true });
    expect(JSON.stringify([door.shown, door.kept])).not.toMatch(/Ana|Ben|Chen|Dara|Eve|id-|\d\.\d/u);
    expect(door.pulses).toEqual([]);
  });

  it.each([['too few good shots', { ...ana, descriptor: null }], ['a score between', { ...ana, liveness: 0.5 }]])('shows the PIN pad within a second of the first good shot: %s', async (_, somebody) => {
    const door = new MadeDoor();
    await door.look([{ ...somebody, instruction: 'hold-still' }], 1500);
    expect(door.state).toBe('look');
    await door.look([somebody], 1000);
    expect(door.kiosk.snapshot).toEqual({ state: 'pin', purpose: 'instead', needsName: true, wrong: false, checking: false });
  });

  it('without a PIN in place of the face, says what to do better', async () => {
    const door = new MadeDoor({ rules: { pinInstead: false } });
    await door.look([{ ...ana, liveness: 0.5 }], 1100);
    expect(door.kiosk.snapshot).toEqual({ state: 'try-again', reason: 'not-living', canUsePin: false });
    expect(door.kept).toMatchObject([{ kind: 'decision', outcome: 'unsure', reasons: ['liveness-open'] }]);
  });

  it('opens by a name and a PIN for whom the camera cannot serve', async () => {
    const door = new MadeDoor();
    door.kiosk.send({ type: 'use-pin' });
    door.kiosk.send({ type: 'pin', digits: '2468' });
    expect(door.kiosk.snapshot).toMatchObject({ state: 'pin', needsName: true, checking: false });
    door.kiosk.send({ type: 'claim-name', name: ' bén ' });
    await door.type('2468');
    expect(door.kiosk.snapshot).toEqual({ state: 'welcome', name: 'Ben' });
    expect(door.kept[0]).toMatchObject({ factors: ['pin'], mode: 'claimed', personId: 'id-ben' });
  });

  it('tells nobody that a typed name is nobody’s', async () => {
    const door = new MadeDoor();
    door.kiosk.send({ type: 'use-pin' });
    door.kiosk.send({ type: 'claim-name', name: 'Zoe' });
    await door.type('1111');
    expect(door.checked).toEqual([null]);
    expect(door.kiosk.snapshot).toMatchObject({ state: 'pin', wrong: true });
  });

  it('puts the pad away after three wrong PINs, and shows the lock of the PIN check', async () => {
    let wrong = 0;
    const door = new MadeDoor({ check: () => Promise.resolve(ok(++wrong > 5 ? { kind: 'locked', whose: 'kiosk', leftMs: 30_000 } : { kind: 'wrong' })) });
    for (let pad = 0; pad < 2; pad++) {
      await door.look([ana]);
      for (let time = 0; time < 3; time++) await door.type('1111');
      if (pad === 0) expect(door.kiosk.snapshot).toEqual({ state: 'try-again', reason: 'pin-wrong', canUsePin: true });
      if (pad === 0) await door.look([ana], 3000);
    }
    expect(door.kiosk.snapshot).toEqual({ state: 'locked', leftMs: 30_000 });
    await door.look([ana], 29_000);
    expect(door.state).toBe('locked');
    await door.look([], 2000);
    expect(door.state).toBe('idle');
    expect(door.pulses).toEqual([]);
  });
});

describe('who is compared with whom', () => {
  const claimed = { mode: 'claimed', secondFactor: 'none', faceAloneSigned: true } as const;

  it('1:1 compares nobody before a claim, and then with the claimed one only', async () => {
    const door = new MadeDoor({ rules: claimed });
    await door.look([ana], 2000);
    expect(door.kiosk.snapshot).toEqual({ state: 'claim', ways: ['list', 'typed', 'card'] });
    door.kiosk.send({ type: 'claim', personId: 'id-ben' });
    await door.look([ana], 1000);
    expect(door.kiosk.snapshot).toMatchObject({ state: 'try-again', reason: 'not-recognised' });
    expect(door.pulses).toEqual([]);
    await door.look([], 3000);
    await door.look([ben], 300);
    door.kiosk.send({ type: 'claim', personId: 'id-ben' });
    await door.look([ben], 1000);
    expect(door.kiosk.snapshot).toEqual({ state: 'welcome', name: 'Ben' });
  });

  it('takes a face alone for a PIN without the owner’s signature', async () => {
    const door = new MadeDoor({ rules: { secondFactor: 'none', faceAloneSigned: false } });
    await door.look([ana]);
    expect(door.kiosk.snapshot).toMatchObject({ state: 'pin', purpose: 'second' });
  });

  it('asks for the card of the face, and takes no other', async () => {
    const card = (personId: string) => ok({ cardId: 'c', personId, name: personId, template: null });
    const door = new MadeDoor({ rules: { secondFactor: 'card' }, cards: (text) => Promise.resolve(card(text)) });
    await door.look([ana]);
    expect(door.kiosk.snapshot).toEqual({ state: 'card' });
    door.kiosk.send({ type: 'card', text: 'id-ben' });
    await door.clock.pass(0);
    expect(door.kiosk.snapshot).toMatchObject({ state: 'try-again', reason: 'card-invalid' });
    await door.look([ana], 4000);
    door.kiosk.send({ type: 'card', text: 'id-ana' });
    await door.clock.pass(0);
    expect(door.kiosk.snapshot).toEqual({ state: 'welcome', name: 'Ana' });
    expect(door.kept.find((entry) => entry.kind === 'decision' && entry.outcome === 'granted')).toMatchObject({ factors: ['face', 'card'] });
  });

  it('takes a card that is held up first for claim and second factor', async () => {
    const door = new MadeDoor({ rules: { secondFactor: 'card' }, cards: () => Promise.resolve(ok({ cardId: 'c', personId: 'id-ana', name: 'Ana', template: null })) });
    door.kiosk.send({ type: 'card', text: 'x' });
    await door.look([ana]);
    expect(door.kiosk.snapshot).toEqual({ state: 'welcome', name: 'Ana' });
    expect(door.kept[0]).toMatchObject({ mode: 'claimed', factors: ['face', 'card'] });
  });
});

describe('who stands there', () => {
  it('says that one person is to come, and opens for neither of two', async () => {
    const door = new MadeDoor({ rules: { secondFactor: 'none', faceAloneSigned: true } });
    await door.look([ana, ben], 3000);
    expect(door.kiosk.snapshot).toEqual({ state: 'look', say: 'one-person-only', canUsePin: true });
    expect(door.pulses).toEqual([]);
    await door.look([ana], 1000);
    expect(door.state).toBe('welcome');
  });

  it('does not mind those who wait behind', async () => {
    const door = new MadeDoor();
    await door.look([ana, { ...ben, height: 0.15 }], 1000);
    expect(door.state).toBe('pin');
  });

  it('drops the face when somebody else steps to the pad', async () => {
    const door = new MadeDoor();
    await door.look([ana]);
    expect(door.state).toBe('pin');
    await door.look([stranger], 1000);
    expect(door.kiosk.snapshot).toMatchObject({ state: 'try-again', reason: 'not-recognised' });
    await door.type('2468');
    expect(door.pulses).toEqual([]);
  });

  it('forgets a face that leaves, and serves the next one anew', async () => {
    const door = new MadeDoor();
    await door.look([ana]);
    await door.look([], 7000);
    expect(door.state).toBe('idle');
    await door.look([ben]);
    await door.type('2468');
    expect(door.kiosk.snapshot).toEqual({ state: 'welcome', name: 'Ben' });
  });

  it('does not serve the same face again until it was away, or touches the screen', async () => {
    const door = new MadeDoor({ rules: { secondFactor: 'none', faceAloneSigned: true } });
    await door.look([ana], 10_000);
    expect(door.state).toBe('idle');
    expect(door.pulses).toHaveLength(1);
    door.kiosk.send({ type: 'start' });
    await door.look([ana], 1000);
    expect(door.pulses).toHaveLength(2);
  });

  it('rests after five faces that were refused, and still takes PINs', async () => {
    const door = new MadeDoor();
    for (let person = 60; person < 65; person++) {
      await door.look([{ person }], 1000);
      await door.look([], 5000);
    }
    await door.look([ana], 500);
    expect(door.kiosk.snapshot).toMatchObject({ state: 'pin', purpose: 'instead' });
    await door.look([], 60_000);
    await door.look([ana], 1000);
    expect(door.kiosk.snapshot).toMatchObject({ state: 'pin', purpose: 'second' });
  });

  it('refuses a printed photo', async () => {
    const door = new MadeDoor({ rules: { secondFactor: 'none', faceAloneSigned: true } });
    await door.look([{ ...ana, liveness: 0.05 }], 1000);
    expect(door.kiosk.snapshot).toMatchObject({ state: 'try-again', reason: 'not-living' });
    expect(door.pulses).toEqual([]);
    expect(door.kept[0]).toMatchObject({ outcome: 'refused', reasons: ['liveness-failed'] });
  });
});

describe('a move that is asked for', () => {
  const moves = { secondFactor: 'none', faceAloneSigned: true, liveness: { required: [], challenges: ['blink', 'turn-left'], bars: { liveness: null, antispoof: null, moire: null, flatness: null } } } as const;

  it('opens after the move, and after a good shot that follows it', async () => {
    const door = new MadeDoor({ rules: moves });
    await door.look([ana], 1000);
    const asked = door.kiosk.snapshot;
    expect(asked.state).toBe('challenge');
    if (asked.state === 'challenge' && asked.challenge !== 'blink') door.kiosk.send({ type: 'other-challenge', challenge: 'blink' });
    expect(door.kiosk.snapshot).toEqual({ state: 'challenge', challenge: 'blink', others: ['turn-left'], canUsePin: true });
    await door.look([ana], 500);
    await door.look([{ ...ana, facts: { blinks: 1 } }], 500);
    expect(door.state).toBe('welcome');
    expect(door.pulses).toHaveLength(1);
  });

  it('refuses who does not move, and asks again', async () => {
    const door = new MadeDoor({ rules: moves });
    await door.look([ana], 8000);
    expect(door.kiosk.snapshot).toMatchObject({ state: 'try-again', reason: 'not-living' });
    await door.look([ana], 4000);
    expect(door.state).toBe('challenge');
    expect(door.pulses).toEqual([]);
  });

  it('begins anew when another face takes the place in the middle of it', async () => {
    const door = new MadeDoor({ rules: moves });
    await door.look([ana], 1000);
    await door.look([{ ...stranger, facts: { blinks: 3 } }], 400);
    expect(door.state).not.toBe('welcome');
    await door.look([{ ...stranger, facts: { blinks: 4 } }], 2000);
    expect(door.pulses).toEqual([]);
  });
});
