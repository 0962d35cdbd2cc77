import type { CDPSession } from '@playwright/test';

interface Answer {
  readonly id?: number;
  readonly result?: { readonly usedSize?: number };
  readonly error?: { readonly message: string };
}

/** The JavaScript heaps of a page's workers, which the browser's count of the page leaves out. */
export class WorkerHeap {
  readonly #cdp: CDPSession;
  readonly #sessions = new Set<string>();
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #lastId = 0;

  private constructor(cdp: CDPSession) {
    this.#cdp = cdp;
    cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => targetInfo.type === 'worker' && this.#sessions.add(sessionId));
    cdp.on('Target.detachedFromTarget', ({ sessionId }) => this.#sessions.delete(sessionId));
    cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
      const answer = JSON.parse(message) as Answer;
      if (answer.id === undefined) return;
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  /** @param cdp a session of the page */
  static async watch(cdp: CDPSession): Promise<WorkerHeap> {
    const heap = new WorkerHeap(cdp);
    // Not flattened: this client gives out no sessions of workers, so that they are spoken to by messages.
    await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
    return heap;
  }

  /** Of all workers together, after a garbage collection. Throws Error where there is none. */
  async usedBytes(): Promise<number> {
    if (this.#sessions.size === 0) throw new Error('no worker runs');
    let bytes = 0;
    for (const sessionId of this.#sessions) {
      await this.#ask(sessionId, 'HeapProfiler.collectGarbage');
      const { result, error } = await this.#ask(sessionId, 'Runtime.getHeapUsage');
      if (result?.usedSize === undefined) throw new Error(error?.message ?? 'no heap was told');
      bytes += result.usedSize;
    }
    return bytes;
  }

  async #ask(sessionId: string, method: string): Promise<Answer> {
    const id = ++this.#lastId;
    const answer = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    await this.#cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    return answer;
  }
}
