import fc from 'fast-check';
import { generate } from 'lean-qr';
import { describe, expect, it } from 'vitest';
import type { KioskHealth, RestartFacts } from '../../src/kiosk/index.ts';
import { batteryFact, cameraGrant, freeBytes, healthLine, isInWindow, isStorageFull, mayRestart } from '../../src/kiosk/index.ts';

const hourMs = 3_600_000;

describe('the time for a restart', () => {
  const facts: RestartFacts = { window: { fromMinute: 180, untilMinute: 240 }, minute: 200, idleForMs: 600_000, runsForMs: 20 * hourMs, updateWaits: false };

  it('is in the window, once a day, when nobody is there', () => {
    expect(mayRestart(facts)).toBe(true);
    expect(mayRestart({ ...facts, minute: 240 })).toBe(false);
    expect(mayRestart({ ...facts, idleForMs: 60_000 })).toBe(false);
    expect(mayRestart({ ...facts, runsForMs: hourMs })).toBe(false);
    expect(mayRestart({ ...facts, window: null, updateWaits: true })).toBe(false);
  });

  it('comes for an update of a page that is young, but not again and again', () => {
    expect(mayRestart({ ...facts, runsForMs: hourMs, updateWaits: true })).toBe(true);
    expect(mayRestart({ ...facts, runsForMs: 10_000, updateWaits: true })).toBe(false);
  });

  it('is never when somebody is at the door, whatever else', () => {
    fc.assert(
      fc.property(fc.nat(1439), fc.nat(1439), fc.nat(1439), fc.nat(100 * hourMs), fc.boolean(), fc.integer({ min: -1000, max: 119_999 }), (fromMinute, untilMinute, minute, runsForMs, updateWaits, idleForMs) => {
        expect(mayRestart({ window: { fromMinute, untilMinute }, minute, idleForMs, runsForMs, updateWaits })).toBe(false);
      }),
    );
  });

  it('may lie over midnight', () => {
    const night = { fromMinute: 1380, untilMinute: 60 };
    expect([1379, 1380, 1439, 0, 59, 60].map((minute) => isInWindow(night, minute))).toEqual([false, true, true, true, true, false]);
    expect(isInWindow({ fromMinute: 60, untilMinute: 60 }, 60)).toBe(false);
  });
});

describe('a camera’s grant', () => {
  it('lasts when it has outlived a day, and is in doubt before', () => {
    expect(cameraGrant('granted', null, 5)).toEqual({ kind: 'may-expire', leftMs: 24 * hourMs });
    expect(cameraGrant('granted', 0, 23 * hourMs)).toEqual({ kind: 'may-expire', leftMs: hourMs });
    expect(cameraGrant('granted', 0, 25 * hourMs)).toEqual({ kind: 'lasting' });
    expect(cameraGrant('granted', 50 * hourMs, 1)).toEqual({ kind: 'may-expire', leftMs: 24 * hourMs });
    expect([cameraGrant('prompt', 0, 1).kind, cameraGrant('denied', 0, 1).kind, cameraGrant('unknown', 0, 1).kind]).toEqual(['gone', 'gone', 'unknown']);
  });
});

describe('health', () => {
  const health: KioskHealth = {
    state: 'idle', version: '0.1.0', lastFrameMs: 120, canary: { passed: true, agoMs: 720_000 }, freeBytes: 1.45e9, retentionDays: 30.9, camera: { kind: 'lasting' }, battery: batteryFact({ level: 0.8, charging: true }), door: 'closed',
  };

  it('is one line that a small code holds', () => {
    expect(healthLine(health)).toBe('LINTEL1 v0.1.0 idle frame=0s canary=ok/12m free=1.4G keep=30d camera=lasting battery=80%+ door=closed');
    expect(generate(healthLine(health)).size).toBeLessThanOrEqual(45);
  });

  it('says what it does not know, and what is wrong', () => {
    const unknown: KioskHealth = { ...health, state: 'out-of-service', lastFrameMs: null, canary: { passed: false, agoMs: 3 * hourMs }, freeBytes: null, retentionDays: null, camera: { kind: 'may-expire', leftMs: 5 * hourMs }, battery: batteryFact({ level: 0.2, charging: false }), door: 'offline' };
    expect(healthLine(unknown)).toBe('LINTEL1 v0.1.0 out-of-service frame=- canary=BAD/3h free=- keep=- camera=ends?5h battery=20% LOW door=offline');
  });

  it('knows a low battery and a full disk', () => {
    expect([batteryFact(null).kind, batteryFact({ level: NaN, charging: false }).kind, batteryFact({ level: 0.25, charging: true }).kind, batteryFact({ level: 0.05, charging: true }).kind]).toEqual(['none', 'none', 'fine', 'low']);
    expect([isStorageFull(freeBytes({})), isStorageFull(freeBytes({ quota: 1e9, usage: 1e9 + 5 })), isStorageFull(freeBytes({ quota: 1e9, usage: 1e8 }))]).toEqual([false, true, false]);
  });
});
