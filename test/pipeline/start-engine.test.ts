import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { err, ok } from '../../src/base/index.ts';
import { usualEvidence } from '../../src/pipeline/engine/usual-evidence.ts';
import type { EngineApi, EngineStart, StartProgress, StartStage } from '../../src/pipeline/protocol.ts';
import { startEngine } from '../../src/pipeline/start-engine.ts';
import { madeEngine, madeReport } from './made-engine.ts';

const request: EngineStart = {
  backend: 'wasm',
  config: { tasks: ['faces'], minScore: { objects: 0.4, faces: 0.5 }, inputSizePx: { objects: 512, faces: 416 }, budgetMs: 67, evidence: usualEvidence },
  frameSize: { width: 640, height: 480 },
  allowSoftwareWebgl: false,
};

const at = (stage: StartStage): StartProgress => ({ stage, fraction: 0.5 });

/** An engine whose start is in the test's hands. */
function inHand(): { engine: ReturnType<typeof madeEngine>; progress: (step: StartProgress) => void; settle: (outcome: Awaited<ReturnType<EngineApi['start']>>) => void; fail: (reason: unknown) => void } {
  let progress: (step: StartProgress) => void = () => undefined;
  let settle: (outcome: Awaited<ReturnType<EngineApi['start']>>) => void = () => undefined;
  let fail: (reason: unknown) => void = () => undefined;
  const engine = madeEngine((_, onProgress) => {
    progress = onProgress;
    return new Promise((resolve, reject) => {
      settle = resolve;
      fail = reject;
    });
  });
  return { engine, progress: (step) => progress(step), settle: (outcome) => settle(outcome), fail: (reason) => fail(reason) };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('startEngine', () => {
  it('passes the report and the progress on, and leaves no timer behind', async () => {
    const hand = inHand();
    const seen: StartProgress[] = [];
    const started = startEngine(hand.engine, request, (step) => seen.push(step));
    hand.progress(at('backend'));
    hand.progress(at('measure'));
    hand.settle(ok(madeReport));
    expect(await started).toEqual({ ok: true, value: madeReport });
    expect(seen).toEqual([at('backend'), at('measure')]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('passes a failure of the engine on as it is', async () => {
    const hand = inHand();
    const started = startEngine(hand.engine, request, () => undefined);
    hand.settle(err('model-corrupt', 'centernet.bin'));
    expect(await started).toEqual({ ok: false, failure: { code: 'model-corrupt', detail: 'centernet.bin' } });
  });

  it.each<[StartStage, number]>([
    ['backend', 8_000],
    ['download', 30_000],
    ['build', 10_000],
    ['warm-up', 20_000],
    ['measure', 10_000],
  ])('gives up on silence in %s after %i ms, not before', async (stage, limitMs) => {
    const hand = inHand();
    let outcome: unknown;
    void startEngine(hand.engine, request, () => undefined).then((result) => (outcome = result));
    hand.progress(at(stage));
    await vi.advanceTimersByTimeAsync(limitMs - 1);
    expect(outcome).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(outcome).toEqual({ ok: false, failure: { code: 'timeout', detail: `wasm: no progress in "${stage}" for ${limitMs} ms` } });
  });

  it('gives up on an engine that never says anything after half a minute, not before: its script may come over a slow network', async () => {
    let outcome: unknown;
    void startEngine(inHand().engine, request, () => undefined).then((result) => (outcome = result));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(outcome).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(outcome).toEqual({ ok: false, failure: { code: 'timeout', detail: 'wasm: not a word for 30000 ms' } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits for a backend as long as the engine shows that it lives, up to a bound', async () => {
    const hand = inHand();
    let outcome: unknown;
    void startEngine(hand.engine, request, () => undefined).then((result) => (outcome = result));
    for (let second = 0; second < 24; second++) {
      hand.progress(at('backend'));
      expect(outcome, `${second} s`).toBeUndefined();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(outcome).toEqual({ ok: false, failure: { code: 'timeout', detail: 'wasm: the backend was not there after 24000 ms' } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('holds a backend that was slow to no bound of the whole start', async () => {
    const hand = inHand();
    const started = startEngine(hand.engine, request, () => undefined);
    for (const stage of ['backend', 'backend', 'backend', 'download', 'warm-up', 'warm-up', 'warm-up', 'measure'] as const) {
      hand.progress(at(stage));
      await vi.advanceTimersByTimeAsync(7_000);
    }
    hand.settle(ok(madeReport));
    expect(await started).toMatchObject({ ok: true });
  });

  it('waits for a slow download as long as bytes keep coming', async () => {
    const hand = inHand();
    const started = startEngine(hand.engine, request, () => undefined);
    for (let i = 0; i < 20; i++) {
      hand.progress(at('download'));
      await vi.advanceTimersByTimeAsync(29_000);
    }
    hand.settle(ok(madeReport));
    expect(await started).toMatchObject({ ok: true });
  });

  it('ends at once when the engine dies', async () => {
    const hand = inHand();
    const started = startEngine(hand.engine, request, () => undefined);
    hand.engine.die('the worker could not start');
    expect(await started).toEqual({ ok: false, failure: { code: 'engine-died', detail: 'the worker could not start' } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes an error that the start throws for a death, and says on which backend', async () => {
    const hand = inHand();
    const started = startEngine(hand.engine, request, () => undefined);
    hand.fail(new Error('out of memory'));
    expect(await started).toEqual({ ok: false, failure: { code: 'engine-died', detail: 'wasm: Error: out of memory' } });
  });

  it('says nothing of progress that comes too late, and starts no timer for it', async () => {
    const hand = inHand();
    const seen: StartProgress[] = [];
    const started = startEngine(hand.engine, request, (step) => seen.push(step));
    await vi.advanceTimersByTimeAsync(30_000);
    await started;
    hand.progress(at('download'));
    hand.settle(ok(madeReport));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
