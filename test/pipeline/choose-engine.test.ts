import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { err, ok } from '../../src/base/index.ts';
import type { Candidate, StartCandidate } from '../../src/pipeline/choose-engine.ts';
import { chooseEngine, startNamed } from '../../src/pipeline/choose-engine.ts';
import type { MadeEngine } from './made-engine.ts';
import { madeEngine, madeReport } from './made-engine.ts';

type Name = `${Candidate['backend']} ${Candidate['host']}`;
/** Milliseconds of a frame on each candidate; one that is not named cannot start. */
type Device = Partial<Record<Name, number | null>>;

interface Trial {
  readonly start: StartCandidate;
  readonly tried: readonly Name[];
  readonly engines: ReadonlyMap<Name, MadeEngine>;
  /** Most engines in their start at one time. */
  readonly mostAtOnce: number;
}

function trialOn(device: Device): Trial {
  const tried: Name[] = [];
  const engines = new Map<Name, MadeEngine>();
  let starting = 0;
  let mostAtOnce = 0;
  return {
    tried,
    engines,
    get mostAtOnce() {
      return mostAtOnce;
    },
    async start({ backend, host }) {
      const name: Name = `${backend} ${host}`;
      tried.push(name);
      mostAtOnce = Math.max(mostAtOnce, ++starting);
      await Promise.resolve();
      starting--;
      const frameMs = device[name];
      if (frameMs === undefined || frameMs === null) return err('backend-unavailable', name);
      const engine = madeEngine(() => new Promise(() => undefined), host);
      engines.set(name, engine);
      return ok({ engine, report: { ...madeReport, backend, host, frameMs } });
    },
  };
}

/** The name of the engine that goes on, or of the failure, after checking that every other one was ended once and this one was not. */
function chosen(trial: Trial, outcome: Awaited<ReturnType<typeof chooseEngine>>): string {
  const winner = outcome.ok ? (`${outcome.value.report.backend} ${outcome.value.report.host}` as const) : null;
  for (const [name, engine] of trial.engines) expect(engine.ended, name).toBe(name === winner ? 0 : 1);
  if (winner && outcome.ok) expect(trial.engines.get(winner)).toBe(outcome.value.engine);
  return outcome.ok ? `${outcome.value.report.backend} ${outcome.value.report.host}` : outcome.failure.detail;
}

async function choose(device: Device): Promise<{ winner: string; tried: readonly Name[] }> {
  const trial = trialOn(device);
  const outcome = await chooseEngine(trial.start);
  expect(trial.mostAtOnce, 'candidates must not disturb each other').toBe(1);
  return { winner: chosen(trial, outcome), tried: trial.tried };
}

describe('chooseEngine', () => {
  it('keeps the faster of wasm and webgl, and does not try the page when the worker has webgl', async () => {
    expect(await choose({ 'wasm worker': 50, 'webgl worker': 20 })).toEqual({ winner: 'webgl worker', tried: ['wasm worker', 'webgl worker'] });
    expect((await choose({ 'wasm worker': 50, 'webgl worker': 500 })).winner).toBe('wasm worker');
    expect((await choose({ 'wasm worker': 50, 'webgl worker': 50 })).winner, 'a tie leaves the GPU alone').toBe('wasm worker');
  });

  it('takes webgl on the page only when it is twice as fast', async () => {
    expect((await choose({ 'wasm worker': 50, 'webgl page': 24 })).winner).toBe('webgl page');
    expect((await choose({ 'wasm worker': 50, 'webgl page': 25 })).winner).toBe('wasm worker');
    expect((await choose({ 'webgl page': 500 })).winner, 'when nothing else runs').toBe('webgl page');
  });

  it('falls back to plain JavaScript only when nothing else starts', async () => {
    expect(await choose({ 'cpu worker': 900 })).toEqual({ winner: 'cpu worker', tried: ['wasm worker', 'webgl worker', 'webgl page', 'cpu worker'] });
    expect((await choose({ 'wasm worker': 5000, 'cpu worker': 1 })).tried).not.toContain('cpu worker');
  });

  it('says why wasm failed when nothing starts at all', async () => {
    expect((await choose({})).winner).toBe('wasm worker');
  });

  it('ends every loser and never the winner, whatever starts and however fast', async () => {
    const ms = fc.option(fc.integer({ min: 1, max: 100 }));
    await fc.assert(
      fc.asyncProperty(ms, ms, ms, ms, async (wasm, webgl, page, cpu) => {
        const { winner } = await choose({ 'wasm worker': wasm, 'webgl worker': webgl, 'webgl page': page, 'cpu worker': cpu });
        const anyStarted = [wasm, webgl, page, cpu].some((time) => time !== null);
        if (!anyStarted) expect(winner).toBe('wasm worker');
        else if (webgl !== null) expect(winner).toBe(wasm !== null && wasm <= webgl ? 'wasm worker' : 'webgl worker');
        else if (page !== null) expect(winner).toBe(wasm !== null && wasm <= page * 2 ? 'wasm worker' : 'webgl page');
        else expect(winner).toBe(wasm !== null ? 'wasm worker' : 'cpu worker');
      }),
      { numRuns: 300 },
    );
  });
});

describe('startNamed', () => {
  it.each<[Candidate['backend'], Candidate['host'] | null, Device, string, readonly Name[]]>([
    ['wasm', null, { 'wasm worker': 9 }, 'wasm worker', ['wasm worker']],
    ['wasm', null, { 'cpu worker': 9 }, 'wasm worker', ['wasm worker']],
    ['webgl', null, { 'webgl page': 9 }, 'webgl page', ['webgl worker', 'webgl page']],
    ['webgl', null, {}, 'webgl worker', ['webgl worker', 'webgl page']],
    ['webgl', 'page', { 'webgl page': 9, 'webgl worker': 1 }, 'webgl page', ['webgl page']],
    ['webgl', 'worker', { 'webgl page': 9 }, 'webgl worker', ['webgl worker']],
    ['cpu', null, { 'cpu worker': 9 }, 'cpu worker', ['cpu worker']],
  ])('%s on %s with %o ends with %s', async (backend, host, device, end, tried) => {
    const trial = trialOn(device);
    const outcome = await startNamed(backend, host, trial.start);
    expect(chosen(trial, outcome)).toBe(end);
    expect(trial.tried).toEqual(tried);
  });
});
