import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineFailure, PipelineState } from '../../src/pipeline/index.ts';
import { doorCamera } from '../../src/ui/door/door-camera.ts';
import type { LiveListener, LiveState } from '../../src/ui/live/live-state.ts';
import { idleState } from '../../src/ui/live/live-state.ts';
import type { FaceCamera } from '../../src/ui/people/face-camera.ts';
import { MadeDoor } from '../kiosk/made-door.ts';
import { madeReport } from '../pipeline/made-engine.ts';

const ana = { person: 0 };
const faceAlone = { secondFactor: 'none', faceAloneSigned: true } as const;
const lost: EngineFailure = { code: 'engine-died', detail: 'lost' };
const ready: PipelineState = { phase: 'ready', report: madeReport };
const starting = (after: EngineFailure | null): PipelineState => ({ phase: 'starting', backend: 'wasm', progress: { stage: 'backend', fraction: 0 }, after });

/** A session of which only the state is played: the real one needs a browser's camera. */
class MadeSession {
  state: LiveState = { ...idleState, phase: 'live', engine: ready };
  readonly listeners = new Set<LiveListener>();

  subscribe(listener: LiveListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  become(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener.onState?.(this.state);
  }
}

describe('a kiosk whose engine dies', () => {
  let session: MadeSession;
  let door: MadeDoor;
  let leave: () => void;

  beforeEach(() => {
    session = new MadeSession();
    door = new MadeDoor({ rules: faceAlone });
    leave = doorCamera({ session } as unknown as FaceCamera).watch((reason, present) => door.kiosk.setFault(reason, present));
  });

  it('is out of service at once and until another engine is ready, never pulses meanwhile, and serves again', async () => {
    for (const engine of [{ phase: 'failed', failure: lost }, starting(lost)] as const) {
      session.become({ engine });
      // Frames that were under way come late: they count for nothing.
      await door.look([ana], 3000);
      expect(door.kiosk.snapshot, engine.phase).toEqual({ state: 'out-of-service', reason: 'no-engine' });
      expect(door.pulses).toEqual([]);
    }
    session.become({ engine: ready });
    await door.look([], 3000);
    expect(door.state).toBe('idle');
    await door.look([ana], 3000);
    expect(door.pulses).toHaveLength(1);
  });

  it('forgets who stood there when the engine died in the middle of a visit', async () => {
    await door.look([ana], 300);
    expect(door.pulses).toEqual([]);
    session.become({ engine: { phase: 'failed', failure: lost } });
    session.become({ engine: ready });
    await door.look([], 15_000);
    expect(door.pulses).toEqual([]);
    expect(door.state).toBe('idle');
  });

  it('does not take a first start for a loss', async () => {
    session.become({ engine: starting(null) });
    await door.look([], 1000);
    expect(door.state).toBe('idle');
  });

  it('is not in service when the engine had failed before anybody watched', async () => {
    leave();
    const late = new MadeDoor({ rules: faceAlone });
    session.become({ engine: { phase: 'failed', failure: lost } });
    const end = doorCamera({ session } as unknown as FaceCamera).watch((reason, present) => late.kiosk.setFault(reason, present));
    await late.look([ana], 1000);
    expect(late.kiosk.snapshot).toEqual({ state: 'out-of-service', reason: 'no-engine' });
    end();
    expect(session.listeners.size, 'nobody listens when it is over').toBe(0);
  });
});
