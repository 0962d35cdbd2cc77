import { beforeEach, describe, expect, it } from 'vitest';
import type { Failure, Result } from '../../src/base/index.ts';
import { err, ok } from '../../src/base/index.ts';
import type { StartedEngine } from '../../src/pipeline/choose-engine.ts';
import { EngineKeeper } from '../../src/pipeline/engine-keeper.ts';
import type { BackendName, EngineFailure, PipelineState } from '../../src/pipeline/index.ts';
import { FakeTime } from '../camera/fake-time.ts';
import type { MadeEngine } from './made-engine.ts';
import { madeEngine, madeReport } from './made-engine.ts';

const times = { avoidMs: 1000, longestWebglMs: 8000, longestMs: 4000, steadyMs: 100_000, checkEveryMs: 60_000 };
const lost: Failure<'engine-died'> = { code: 'engine-died', detail: 'lost' };

/** A device on which the backends of `works` start, and whose engines sing as `sings` says. */
function device(preferred: BackendName) {
  const time = new FakeTime();
  const works = new Set<BackendName>(['webgl', 'wasm', 'cpu']);
  const engines: { readonly backend: BackendName; readonly engine: MadeEngine }[] = [];
  const told: string[] = [];
  const states: PipelineState[] = [];
  const singing = { isRight: true };
  const start = (backend: BackendName): Result<StartedEngine, EngineFailure> => {
    if (!works.has(backend)) return err('backend-unavailable', backend);
    const engine = madeEngine(() => new Promise(() => undefined));
    engines.push({ backend, engine });
    return ok({ engine, report: { ...madeReport, backend } });
  };
  const keeper = new EngineKeeper({
    clock: time,
    timers: time,
    times,
    choose: () => Promise.resolve(start(preferred)),
    launch: ({ backend }) => {
      told.push(`launch ${backend}`);
      return Promise.resolve(start(backend));
    },
    configure: () => Promise.resolve(ok(null)),
    check: () => Promise.resolve(singing.isRight ? ok(null) : err('backend-wrong-numbers', 'zeros')),
    betweenFrames: (change) => {
      change();
      return Promise.resolve();
    },
    onEnded: ({ detail }) => told.push(`ended: ${detail}`),
    onState: (state) => {
      states.push(state);
      told.push(state.phase === 'ready' ? `ready ${state.report.backend}` : state.phase);
    },
  });
  const running = (): { backend: BackendName; engine: MadeEngine } => {
    const found = engines.find(({ engine }) => engine === keeper.engine);
    if (!found) throw new Error('nothing runs');
    return found;
  };
  return { time, works, engines, told, states, singing, keeper, running };
}

/** Lets what was promised come true. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

describe('an engine keeper', () => {
  let phone: ReturnType<typeof device>;
  const backend = (): BackendName | null => phone.keeper.report?.backend ?? null;
  const lose = async (): Promise<void> => {
    phone.running().engine.die('lost');
    await settle();
  };

  beforeEach(async () => {
    phone = device('webgl');
    await phone.keeper.start();
  });

  it('goes on with wasm at once when webgl is lost, and comes back to webgl later', async () => {
    phone.told.length = 0;
    await lose();
    expect(phone.told).toEqual(['ended: lost', 'failed', 'launch wasm', 'ready wasm']);
    phone.time.advance(999);
    await settle();
    expect(backend()).toBe('wasm');
    phone.time.advance(1);
    await settle();
    expect(phone.told.slice(4)).toEqual(['launch webgl', 'ended: a better engine took over', 'ready webgl']);
  });

  it('ends every engine that it lets go, and no other', async () => {
    for (let i = 0; i < 40; i++) {
      await lose();
      phone.time.advance(i % 3 === 0 ? 10_000 : 300);
      await settle();
    }
    for (const { engine } of phone.engines) expect(engine.ended).toBe(engine === phone.keeper.engine ? 0 : 1);
    expect(phone.time.pending, 'timers: the canary, and a return').toBeLessThanOrEqual(2);
  });

  it('waits longer for webgl each time that it is lost, and never stops asking for it', async () => {
    const waits: number[] = [];
    for (let i = 0; i < 6; i++) {
      await lose();
      let waitMs = 0;
      while (backend() !== 'webgl' && waitMs < 20_000) {
        phone.time.advance(500);
        waitMs += 500;
        await settle();
      }
      waits.push(waitMs);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it('falls from wasm to plain JavaScript only when wasm fails twice, and climbs again', async () => {
    await lose();
    await lose();
    expect(backend(), 'a second chance').toBe('wasm');
    await lose();
    expect(backend()).toBe('cpu');
    phone.time.advance(1000);
    await settle();
    expect(backend()).not.toBe('cpu');
    phone.time.advance(10_000);
    await settle();
    expect(backend()).toBe('webgl');
  });

  it('goes on trying when nothing starts, and says so meanwhile', async () => {
    phone.works.clear();
    await lose();
    expect(phone.states.at(-1)).toMatchObject({ phase: 'failed', failure: { code: 'backend-unavailable' } });
    for (let i = 0; i < 100; i++) {
      phone.time.advance(1000);
      await settle();
    }
    phone.works.add('wasm');
    for (let i = 0; i < 9 && backend() !== 'wasm'; i++) {
      phone.time.advance(1000);
      await settle();
    }
    expect(backend()).toBe('wasm');
  });

  it('throws an engine away whose canary falls silent, and not before', async () => {
    phone.time.advance(59_999);
    await settle();
    phone.singing.isRight = false;
    expect(backend()).toBe('webgl');
    phone.time.advance(1);
    await settle();
    expect(phone.told).toContain('failed');
    expect(backend()).toBe('wasm');
  });

  it('asks the canary again and again, on every engine', async () => {
    await lose();
    phone.time.advance(1000);
    await settle();
    for (let i = 0; i < 5; i++) {
      phone.time.advance(60_000);
      await settle();
    }
    expect(backend()).toBe('webgl');
    phone.singing.isRight = false;
    phone.time.advance(60_000);
    await settle();
    expect(backend()).toBe('wasm');
  });

  it('doubts webgl where models fail on it, but asks the canary of another backend first', async () => {
    await phone.keeper.doubt(phone.running().engine, lost);
    await settle();
    expect(backend()).toBe('wasm');
    const { engine } = phone.running();
    await phone.keeper.doubt(engine, lost);
    expect(phone.keeper.engine, 'the model is at fault').toBe(engine);
    phone.singing.isRight = false;
    await phone.keeper.doubt(engine, lost);
    await settle();
    expect(phone.keeper.engine).not.toBe(engine);
  });

  it('starts nothing any more when it was ended', async () => {
    await lose();
    phone.keeper.end();
    phone.told.length = 0;
    phone.time.advance(1_000_000);
    await settle();
    expect(phone.told).toEqual([]);
    expect(phone.time.pending).toBe(0);
  });

  it('replaces an engine that is lost in the moment in which it is ready', async () => {
    const stillborn = device('wasm');
    const first = stillborn.keeper.start();
    await first;
    stillborn.running().engine.die('at once');
    stillborn.running().engine.die('twice');
    await settle();
    expect(stillborn.told.at(-1)).toBe('ready wasm');
    expect(stillborn.engines.length).toBe(2);
  });
});
