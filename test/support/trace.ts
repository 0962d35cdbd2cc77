import type { Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** Microseconds. */
  readonly dur?: number;
  /** Microseconds that the thread really worked: less than `dur` where the machine was given to others. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly functionName?: string; readonly type?: string; readonly lineNumber?: number; readonly columnNumber?: number } };
}

export interface LongTask {
  readonly ms: number;
  /** The longest pieces of script in it. */
  readonly scripts: readonly string[];
}

/** Records a trace of the browser while the page does what it does. */
export async function traced(page: Page, durationMs: number): Promise<readonly TraceEvent[]> {
  const cdp = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise<void>((resolve) => cdp.once('Tracing.tracingComplete', () => resolve()));
  await cdp.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', 'v8.execute', 'disabled-by-default-devtools.timeline'] } });
  await page.waitForTimeout(durationMs);
  await cdp.send('Tracing.end');
  await complete;
  await cdp.detach();
  return events;
}

/** Names of trace events in which script runs. */
const scriptEvents = new Set(['FunctionCall', 'EvaluateScript', 'RunMicrotasks', 'FireAnimationFrame', 'TimerFire', 'EventDispatch', 'v8.callFunction', 'V8.GCScavenger']);

/**
 * Tasks of the pages' main threads that took longer than `limitMs` and ran script, with what ran in them.
 *
 * @param clock 'wall' counts the time on the wall, 'thread' the work alone, for a machine that others load too
 */
export function longTasksOf(events: readonly TraceEvent[], limitMs = 50, clock: 'wall' | 'thread' = 'wall'): readonly LongTask[] {
  const lengthOf = ({ dur = 0, tdur = dur }: TraceEvent): number => (clock === 'wall' ? dur : tdur);
  const mains = events.filter(({ name, ph, args }) => ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => ({ pid, tid }));
  if (mains.length === 0) throw new Error('the trace shows no main thread of a page');
  const tasks = mains.flatMap(({ pid, tid }) => {
    const own = events.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X');
    const scripts = own.filter(({ name }) => scriptEvents.has(name));
    return own
      .filter((event) => event.name === 'RunTask' && lengthOf(event) > limitMs * 1000)
      .map((task) => ({ task, inside: scripts.filter(({ ts }) => ts >= task.ts && ts < task.ts + (task.dur ?? 0)) }));
  });
  if (!events.some(({ name }) => name === 'RunTask')) throw new Error('the trace shows no tasks');
  return tasks
    .filter(({ inside }) => inside.length > 0)
    .map(({ task, inside }) => ({
      ms: lengthOf(task) / 1000,
      scripts: inside.sort((a, b) => (b.dur ?? 0) - (a.dur ?? 0)).slice(0, 3).map(({ name, dur = 0, args }) => `${name} ${placeOf(args?.data)} ${(dur / 1000).toFixed(1)} ms`),
    }));
}

function placeOf(data: NonNullable<TraceEvent['args']>['data']): string {
  if (!data) return '';
  return [data.functionName, data.type, data.lineNumber, data.columnNumber].filter((part) => part !== undefined).join(':');
}
