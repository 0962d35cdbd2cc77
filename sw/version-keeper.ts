import { versionRecordCacheName } from '../src/store/cache-names.ts';
import type { VersionStanding } from '../src/store/worker-messages.ts';
import { fileOf, isWhole } from './shell-files.ts';
import type { VersionRecord } from './version-record.ts';
import { isOnTrial, pageOpened, proved, recordFrom, rolledBack, takenOver, triedAgain } from './version-record.ts';

declare const self: ServiceWorkerGlobalScope;

const recordKey = '/.lintel/versions.json';

/**
 * Serves one whole version of the app, and goes back to the one before when a new one does not show within its time that
 * it works: it says so itself, it stays silent while somebody looks at it, or it is opened again and again in vain.
 */
export class VersionKeeper {
  readonly #own: string;
  readonly #trialMs: number;
  /** The end of the last change: changes come one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @param trialMs how long a page that is looked at may take to prove its version */
  constructor(own: string, trialMs: number) {
    this.#own = own;
    this.#trialMs = trialMs;
  }

  /** This worker's version takes over. */
  async takeOver(): Promise<VersionRecord> {
    const record = await this.#change((now) => takenOver(now, this.#own));
    return record.before === null || (await isWhole(record.before)) ? record : this.#change(() => takenOver(null, this.#own));
  }

  /** The page of the version that is served now. The network answers where the device has lost it. */
  async openPage(event: FetchEvent): Promise<Response> {
    const { served, trial } = await this.#change((now) => pageOpened(now ?? takenOver(null, this.#own), event.resultingClientId));
    if (trial) event.waitUntil(this.#watch(event.resultingClientId));
    return (await fileOf(served, '/index.html')) ?? (await fileOf(this.#own, '/index.html')) ?? fetch(event.request);
  }

  /** A file of the app, of the version served now if it has it; pages of the version before find theirs too. */
  async file(path: string): Promise<Response | undefined> {
    const { served, before } = await this.#read();
    for (const version of new Set([served, before, this.#own])) {
      const file = version === null ? undefined : await fileOf(version, path);
      if (file) return file;
    }
    return undefined;
  }

  async standing(clientId: string): Promise<VersionStanding> {
    const record = await this.#read();
    return { onTrial: isOnTrial(record, clientId), rolledBack: record.failed !== null };
  }

  async prove(clientId: string): Promise<void> {
    await this.#change((now) => (now ? proved(now, clientId) : takenOver(null, this.#own)));
  }

  /** A page of a version on trial does not work: it opens again in the version before. */
  async giveUp(clientId: string): Promise<void> {
    if (!isOnTrial(await this.#read(), clientId)) return;
    await this.#change((now) => (now ? rolledBack(now) : takenOver(null, this.#own)));
    const client = await self.clients.get(clientId);
    if (client instanceof WindowClient) await client.navigate(client.url);
  }

  async retry(): Promise<void> {
    await this.#change((now) => (now ? triedAgain(now) : takenOver(null, this.#own)));
  }

  /** A page that nobody looks at may be frozen: it is not judged. */
  async #watch(clientId: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#trialMs));
    const client = await self.clients.get(clientId);
    if (client instanceof WindowClient && client.visibilityState === 'visible') await this.giveUp(clientId);
  }

  async #read(): Promise<VersionRecord> {
    await this.#turn.catch(() => undefined);
    return (await readRecord()) ?? takenOver(null, this.#own);
  }

  #change(next: (record: VersionRecord | null) => VersionRecord): Promise<VersionRecord> {
    const turn = this.#turn.catch(() => undefined).then(async () => {
      const before = await readRecord();
      const after = next(before);
      if (after !== before) await writeRecord(after);
      return after;
    });
    this.#turn = turn;
    return turn;
  }
}

async function readRecord(): Promise<VersionRecord | null> {
  const stored = await caches.match(recordKey, { cacheName: versionRecordCacheName });
  return stored ? recordFrom(await stored.json().catch(() => null)) : null;
}

async function writeRecord(record: VersionRecord): Promise<void> {
  const cache = await caches.open(versionRecordCacheName);
  await cache.put(recordKey, Response.json(record));
}
