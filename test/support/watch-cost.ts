import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { memoryUsage, resourceUsage } from 'node:process';

export interface Cost {
  readonly slowestMs: number;
  /** How far the memory of the whole process rose above what it had, at its highest. */
  readonly grownBytes: number;
  /** Sockets that were opened and requests that were made. */
  readonly requests: number;
}

export interface CostWatch {
  /** Times one piece of the work. */
  timed<T>(work: () => Promise<T>): Promise<T>;
  end(): Cost;
}

const networkChannels = ['net.client.socket', 'undici:request:create', 'http.client.request.created'];

/** Watches what some work costs: time of its slowest piece, memory of the process, and whether it turns to a network. */
export function watchCost(): CostWatch {
  const before = memoryUsage.rss();
  let [slowestMs, requests] = [0, 0];
  const count = (): void => {
    requests++;
  };
  for (const channel of networkChannels) subscribe(channel, count);
  return {
    async timed(work) {
      const startMs = performance.now();
      try {
        return await work();
      } finally {
        slowestMs = Math.max(slowestMs, performance.now() - startMs);
      }
    },
    end() {
      for (const channel of networkChannels) unsubscribe(channel, count);
      return { slowestMs, grownBytes: Math.max(0, resourceUsage().maxRSS * 1024 - before), requests };
    },
  };
}
