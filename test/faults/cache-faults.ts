/**
 * Cache Storage in memory, with faults: Node has none. A put is whole or not at all, as the standard says.
 * Ref: Service Workers, W3C, 5.4 and 5.5.
 */
export class FakeCaches implements Pick<CacheStorage, 'open'> {
  /** Bodies by the names of the caches and the addresses in them. */
  readonly kept = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>();
  /** What was asked for, in order: `open`, `match`, `put`, `delete`. */
  readonly asked: string[] = [];
  #fault: { readonly nth: number; readonly errorName: string } | null = null;

  /** The nth call from now on is answered by an error. @param nth counted from 1 */
  failAt(nth: number, errorName: string): void {
    this.asked.length = 0;
    this.#fault = { nth, errorName };
  }

  heal(): void {
    this.#fault = null;
  }

  /** Whether there was an nth call. */
  get fired(): boolean {
    return this.#fault !== null && this.asked.length >= this.#fault.nth;
  }

  async open(name: string): Promise<Cache> {
    this.#ask('open');
    const bodies = this.kept.get(name) ?? new Map<string, Uint8Array<ArrayBuffer>>();
    this.kept.set(name, bodies);
    const cache: Pick<Cache, 'match' | 'put' | 'delete' | 'keys'> = {
      match: async (request) => {
        this.#ask('match');
        const body = bodies.get(addressOf(request));
        return Promise.resolve(body && new Response(new Uint8Array(body)));
      },
      put: async (request, response) => {
        const body = new Uint8Array(await response.arrayBuffer());
        this.#ask('put');
        bodies.set(addressOf(request), body);
      },
      delete: async (request) => {
        this.#ask('delete');
        return Promise.resolve(bodies.delete(addressOf(request)));
      },
      keys: async () => {
        this.#ask('keys');
        return Promise.resolve([...bodies.keys()].map((url) => new Request(new URL(url, 'https://lintel.test'))));
      },
    };
    return Promise.resolve(cache as Cache);
  }

  #ask(what: string): void {
    this.asked.push(what);
    if (this.#fault && this.asked.length === this.#fault.nth) throw new DOMException('injected', this.#fault.errorName);
  }
}

function addressOf(request: RequestInfo | URL): string {
  return request instanceof Request ? request.url : String(request);
}
