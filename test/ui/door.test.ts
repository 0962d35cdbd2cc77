import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DoorRisk } from '../../src/ui/door/admin/door-office.ts';
import { pinFault } from '../../src/ui/door/admin/lintel-owner-pin.ts';
import { costOf, placeOf, rateOf, rateSteps } from '../../src/ui/door/admin/target-rate.ts';
import { appVersion } from '../../src/ui/door/app-version.ts';
import { screenOf } from '../../src/ui/door/kiosk/door-screen.ts';
import { timeLeft } from '../../src/ui/door/kiosk/time-left.ts';
import type { KioskSnapshot, LookInstruction, TryAgainReason } from '../../src/kiosk/index.ts';
import { tryAgainReasons } from '../../src/kiosk/index.ts';
import { challengeNames } from '../../src/faces/index.ts';

describe('what is left of a lock', () => {
  it.each([
    [65_000, '1:05'],
    [59_001, '1:00'],
    [1, '0:01'],
    [0, '0:00'],
    [-5, '0:00'],
    [3_600_000, '1:00:00'],
    [3_725_000, '1:02:05'],
  ])('%d ms is %s', (ms, text) => expect(timeLeft(ms)).toBe(text));
});

describe('a PIN for the owner', () => {
  it.each([
    ['12345', '12345', 'too-short'],
    ['1234567890123', '1234567890123', 'too-long'],
    ['12a456', '12a456', 'not-digits'],
    ['000000', '000000', 'too-simple'],
    ['123456', '123456', 'too-simple'],
    ['987654', '987654', 'too-simple'],
    ['104729', '104728', 'differs'],
    ['104729', '104729', null],
    ['４８２９１５', '482915', null],
  ])('%s, then %s: %s', (pin, again, fault) => expect(pinFault(pin, again)).toBe(fault));
});

describe('the slider of strangers', () => {
  it('comes back to the place of every step', () => {
    for (let place: number = rateSteps.min; place <= rateSteps.max; place += rateSteps.step) expect(placeOf(rateOf(place))).toBe(place);
  });

  it('stays on the slider for any rate', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1, noNaN: true }), (rate) => {
        const place = placeOf(rate);
        expect(place).toBeGreaterThanOrEqual(rateSteps.min);
        expect(place).toBeLessThanOrEqual(rateSteps.max);
      }),
    );
  });

  const risk: DoorRisk = {
    people: 10,
    templates: 10,
    impostors: { modelId: 'made', comparisons: 100_000, measuredOn: 'made distances', quantiles: [5, 4, 3, 2, 1].map((power, i) => ({ rate: 10 ** -power, distance: 0.3 + 0.1 * i })) },
    falseRejects: (distance) => 1 - distance,
  };

  it('costs more refusals the stricter it is, and the more people there are', () => {
    const strict = costOf(1e-3, risk);
    const loose = costOf(1e-2, risk);
    expect(strict?.falseRejects).toBeGreaterThan(loose?.falseRejects ?? 1);
    expect(costOf(1e-2, { ...risk, templates: 100 })?.falseRejects).toBeGreaterThan(loose?.falseRejects ?? 1);
  });

  it('promises nothing that the network cannot tell, and no refusals that nobody has measured', () => {
    expect(costOf(1e-12, { ...risk, templates: 1_000_000 })).toBeNull();
    expect(costOf(1e-2, { ...risk, falseRejects: null })?.falseRejects).toBeNull();
  });
});

describe('the screen of every state', () => {
  const looks: readonly LookInstruction[] = ['look-here', 'one-person-only', 'come-into-the-picture', 'come-closer', 'go-back', 'more-light', 'less-light', 'light-from-the-front', 'face-the-camera', 'chin-down', 'chin-up', 'head-upright', 'hold-still', 'open-eyes', 'close-mouth', 'uncover-eyes', 'uncover-mouth', 'cannot-see'];
  const pin = { state: 'pin', purpose: 'second', needsName: false, wrong: false, checking: false } as const;
  const snapshots: readonly KioskSnapshot[] = [
    { state: 'idle' },
    { state: 'claim', ways: ['list'] },
    ...looks.map((say) => ({ state: 'look', say, canUsePin: true }) as const),
    ...challengeNames.map((challenge) => ({ state: 'challenge', challenge, others: [], canUsePin: true }) as const),
    pin,
    { ...pin, needsName: true },
    { ...pin, wrong: true },
    { ...pin, checking: true },
    { state: 'card' },
    { state: 'opening' },
    { state: 'welcome', name: 'Ana' },
    ...tryAgainReasons.map((reason: TryAgainReason) => ({ state: 'try-again', reason, canUsePin: false }) as const),
    { state: 'locked', leftMs: 1000 },
    { state: 'out-of-service', reason: 'door-offline' },
    { state: 'maintenance' },
  ];

  it('has a sign, a word and a caption', () => {
    for (const snapshot of snapshots) {
      const { word, caption, sign } = screenOf(snapshot);
      expect(word.length, JSON.stringify(snapshot)).toBeGreaterThan(1);
      expect(caption.length, JSON.stringify(snapshot)).toBeGreaterThan(5);
      expect(sign).toBeTruthy();
    }
  });

  it('tells the answers apart by colour, sign and sound, not by one of them alone', () => {
    const answers = [{ state: 'welcome', name: 'Ana' }, { state: 'try-again', reason: 'not-recognised', canUsePin: true }, pin, { state: 'locked', leftMs: 1 }] as const;
    for (const part of ['tone', 'sign', 'sound', 'word'] as const) expect(new Set(answers.map((answer) => screenOf(answer)[part])).size, part).toBe(answers.length);
  });
});

it('names the version of the package', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  expect(appVersion).toBe(version);
});
