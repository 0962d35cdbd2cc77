import type { CDPSession } from '@playwright/test';

/** What a page holds, by the browser's own counts. */
export interface BrowserMetrics {
  readonly listeners: number;
  readonly nodes: number;
  readonly heapBytes: number;
}

/** Counts after a garbage collection. The session has `Performance.enable` behind it. */
export async function metricsAfterCollection(cdp: CDPSession): Promise<BrowserMetrics> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((each) => each.name === name)?.value ?? NaN;
  return { listeners: metric('JSEventListeners'), nodes: metric('Nodes'), heapBytes: metric('JSHeapUsedSize') };
}
