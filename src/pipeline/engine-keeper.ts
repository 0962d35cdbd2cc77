import type { Clock, Result } from '../base/index.ts';
import { err, ok } from '../base/index.ts';
import type { Timers } from '../camera/index.ts';
import type { TrustTimes } from './backend-trust.ts';
import { BackendTrust, usualTrustTimes } from './backend-trust.ts';
import type { Candidate, StartedEngine } from './choose-engine.ts';
import { fallbacksOf } from './choose-engine.ts';
import type { HostedEngine } from './engine-host.ts';
import type { PipelineState } from './pipeline.ts';
import type { EngineFailure, EngineReport } from './protocol.ts';

/** How an engine is watched and replaced, in milliseconds. */
export interface HealingTimes extends TrustTimes {
  /** Between two checks of the canary. */
  readonly checkEveryMs: number;
}

export const usualHealingTimes: HealingTimes = { ...usualTrustTimes, checkEveryMs: 60_000 };

export interface KeeperParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly times: HealingTimes;
  /** Finds the engine to prefer. One that is not chosen has been ended. */
  choose(): Promise<Result<StartedEngine, EngineFailure>>;
  /** Starts one candidate in haste. `after`: what the person waits for; null where another engine runs meanwhile. */
  launch(candidate: Candidate, after: EngineFailure | null): Promise<Result<StartedEngine, EngineFailure>>;
  /** Tells an engine what to do, and loads what it lacks for it. */
  configure(engine: HostedEngine): Promise<Result<null, EngineFailure>>;
  /** Asks the engine for its canary; an engine that does not answer in time has failed. */
  check(engine: HostedEngine): Promise<Result<null, EngineFailure>>;
  /** Does something while no frame is with an engine. */
  betweenFrames(change: () => void): Promise<void>;
  /** An engine was ended: nobody may wait for it any longer. */
  onEnded(failure: EngineFailure): void;
  onState(state: PipelineState): void;
}

type Started = Result<EngineReport, EngineFailure>;

interface Running extends StartedEngine {
  readonly sinceMs: number;
}

/**
 * Keeps an engine running. One that dies, hangs, loses its context or computes something else is thrown away; another one
 * takes its place at once, on the best backend that has not failed of late, and the better one comes back, after a
 * growing wait, beside the one that runs. Where nothing starts, it is tried again for as long as it takes.
 */
export class EngineKeeper {
  readonly #parts: KeeperParts;
  readonly #trust: BackendTrust;
  #running: Running | null = null;
  #preferred: Candidate | null = null;
  /** The start or the replacement that is under way. */
  #work: Promise<Started> | null = null;
  /** Rises with every end that somebody asked for: what was begun before it is thrown away. */
  #era = 0;
  #cancelCheck: () => void = () => undefined;
  #cancelNext: () => void = () => undefined;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#trust = new BackendTrust(parts.times);
  }

  get engine(): HostedEngine | null {
    return this.#running?.engine ?? null;
  }

  get report(): EngineReport | null {
    return this.#running?.report ?? null;
  }

  /** Idempotent while an engine runs, starts or is being replaced. */
  start(): Promise<Started> {
    if (this.#running) return Promise.resolve(ok(this.#running.report));
    return this.#work ?? this.#begin((era) => this.#start(era));
  }

  /** Waits for a start or a replacement that is under way. */
  async settled(): Promise<void> {
    await this.#work;
  }

  /** The engine failed: another one takes its place. An engine that runs no more is not asked for again. */
  lost(engine: HostedEngine, failure: EngineFailure): void {
    const running = this.#running;
    if (running?.engine !== engine) return;
    const nowMs = this.#parts.clock.nowMs();
    this.#trust.failed(running.report.backend, nowMs, nowMs - running.sinceMs);
    this.#letGo(failure);
    this.#parts.onState({ phase: 'failed', failure });
    void this.#begin((era) => this.#replace(era, failure));
  }

  /**
   * The models failed several times in a row on this engine. On webgl a single shader may be at fault, which no canary
   * tells, so another backend takes over; elsewhere the canary decides whether it is the engine or the model.
   */
  async doubt(engine: HostedEngine, failure: EngineFailure): Promise<void> {
    if (this.#running?.engine !== engine) return;
    if (this.#running.report.backend === 'webgl') this.lost(engine, failure);
    else await this.#check(engine);
  }

  /** Ends the engine, and what was begun to replace it. */
  end(failure: EngineFailure = { code: 'engine-died', detail: 'the engine was ended' }): void {
    this.#era++;
    this.#work = null;
    this.#letGo(failure);
    this.#parts.onState({ phase: 'idle' });
  }

  /** One after the other: an engine may be lost in the moment in which its start ends. */
  #begin(run: (era: number) => Promise<Started>): Promise<Started> {
    const era = this.#era;
    const before = this.#work;
    const work = (before ? before.then(() => run(era)) : run(era)).finally(() => {
      if (this.#work === work) this.#work = null;
    });
    this.#work = work;
    return work;
  }

  async #start(era: number): Promise<Started> {
    this.#cancelNext();
    const chosen = await this.#parts.choose();
    if (chosen.ok) {
      const { backend, host } = chosen.value.report;
      this.#preferred = { backend, host };
      return this.#adopt(era, chosen.value);
    }
    if (era === this.#era) this.#parts.onState({ phase: 'failed', failure: chosen.failure });
    return chosen;
  }

  async #replace(era: number, failure: EngineFailure): Promise<Started> {
    let last = failure;
    for (const candidate of this.#candidates()) {
      if (this.#trust.usableAtMs(candidate.backend) > this.#parts.clock.nowMs()) continue;
      const launched = await this.#parts.launch(candidate, failure);
      const adopted = launched.ok ? await this.#adopt(era, launched.value) : launched;
      if (adopted.ok || era !== this.#era) return adopted;
      last = adopted.failure;
      this.#trust.failed(candidate.backend, this.#parts.clock.nowMs(), 0);
    }
    if (era !== this.#era) return { ok: false, failure: last };
    this.#parts.onState({ phase: 'failed', failure: last });
    this.#after(this.#soonest(this.#candidates()), () => {
      if (!this.#running && !this.#work) void this.#begin((now) => this.#replace(now, last));
    });
    return { ok: false, failure: last };
  }

  async #adopt(era: number, started: StartedEngine): Promise<Started> {
    const configured = era === this.#era ? await this.#parts.configure(started.engine) : ok(null);
    if (!configured.ok || era !== this.#era) {
      started.engine.end();
      if (era !== this.#era) return err('engine-died', 'the start was given up');
      if (!configured.ok) this.#parts.onState({ phase: 'failed', failure: configured.failure });
      return configured.ok ? ok(started.report) : configured;
    }
    this.#run(started);
    return ok(started.report);
  }

  #run(started: StartedEngine): void {
    this.#running = { ...started, sinceMs: this.#parts.clock.nowMs() };
    const { engine, report } = started;
    void engine.died.then((failure) => this.lost(engine, failure));
    this.#watch(engine);
    this.#comeBack();
    this.#parts.onState({ phase: 'ready', report });
  }

  #watch(engine: HostedEngine): void {
    this.#cancelCheck();
    this.#cancelCheck = this.#parts.timers.after(this.#parts.times.checkEveryMs, () => void this.#check(engine));
  }

  async #check(engine: HostedEngine): Promise<void> {
    const checked = await this.#parts.check(engine);
    if (this.#running?.engine !== engine) return;
    if (checked.ok) this.#watch(engine);
    else this.lost(engine, checked.failure);
  }

  /** While a lesser backend runs, a better one is tried when its time has come. */
  #comeBack(): void {
    const better = this.#better();
    if (better.length > 0) this.#after(this.#soonest(better), () => void this.#tryBetter());
    else this.#cancelNext();
  }

  async #tryBetter(): Promise<void> {
    const [era, stopgap] = [this.#era, this.#running];
    const candidate = this.#better().find(({ backend }) => this.#trust.usableAtMs(backend) <= this.#parts.clock.nowMs());
    if (!candidate || !stopgap) return;
    const launched = await this.#parts.launch(candidate, null);
    const configured = launched.ok && this.#running === stopgap ? await this.#parts.configure(launched.value.engine) : launched;
    const isWanted = era === this.#era && this.#running === stopgap;
    if (!isWanted || !launched.ok || !configured.ok) {
      if (launched.ok) launched.value.engine.end();
      if (!isWanted) return;
      this.#trust.failed(candidate.backend, this.#parts.clock.nowMs(), 0);
      this.#comeBack();
      return;
    }
    await this.#parts.betweenFrames(() => {
      if (this.#running !== stopgap) {
        launched.value.engine.end();
        return;
      }
      this.#letGo({ code: 'engine-died', detail: 'a better engine took over' });
      this.#run(launched.value);
    });
  }

  #letGo(failure: EngineFailure): void {
    this.#cancelCheck();
    this.#cancelNext();
    this.#running?.engine.end();
    this.#running = null;
    this.#parts.onEnded(failure);
  }

  /** What may run, best first. */
  #candidates(): readonly Candidate[] {
    return this.#preferred ? [this.#preferred, ...fallbacksOf(this.#preferred.backend)] : [];
  }

  #better(): readonly Candidate[] {
    const all = this.#candidates();
    const at = all.findIndex(({ backend }) => backend === this.#running?.report.backend);
    return at > 0 ? all.slice(0, at) : [];
  }

  #soonest(candidates: readonly Candidate[]): number {
    return Math.min(...candidates.map(({ backend }) => this.#trust.usableAtMs(backend)));
  }

  /** One plan at a time: a replacement, or a return. */
  #after(atMs: number, run: () => void): void {
    this.#cancelNext();
    this.#cancelNext = this.#parts.timers.after(Math.max(0, atMs - this.#parts.clock.nowMs()), run);
  }
}
