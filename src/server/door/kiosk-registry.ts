import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { parseJson } from '../../doorlink/index.ts';
import { readPrivateFile } from '../certificates/private-file.ts';
import { writeDurably } from './durable-file.ts';

const schema = v.strictObject({ name: v.string(), publicKey: v.string(), pairedAt: v.string() });

/** A kiosk that may ask for pulses. */
export interface PairedKiosk extends v.InferOutput<typeof schema> {
  readonly kioskId: string;
}

const idPattern = /^[\w-]{22}$/;

/** One file for each paired kiosk. Read anew for every request, so that a kiosk revoked by another process is out at once. */
export class KioskRegistry {
  constructor(private readonly folder: string) {}

  /** Null when no such kiosk is paired, or its file cannot be understood. */
  async find(kioskId: string): Promise<PairedKiosk | null> {
    if (!idPattern.test(kioskId)) return null;
    const content = await readPrivateFile(this.#path(kioskId));
    const parsed = v.safeParse(schema, content === null ? undefined : parseJson(content));
    return parsed.success ? { kioskId, ...parsed.output } : null;
  }

  async all(): Promise<readonly PairedKiosk[]> {
    const kiosks = await Promise.all((await this.#ids()).map((kioskId) => this.find(kioskId)));
    return kiosks.filter((kiosk) => kiosk !== null).sort((a, b) => a.pairedAt.localeCompare(b.pairedAt));
  }

  async add({ kioskId, ...kept }: PairedKiosk): Promise<void> {
    await writeDurably(this.#path(kioskId), `${JSON.stringify(kept, null, 2)}\n`);
  }

  /** False when there is no such kiosk. */
  async revoke(kioskId: string): Promise<boolean> {
    if (!(await this.#ids()).includes(kioskId)) return false;
    await rm(this.#path(kioskId), { force: true });
    return true;
  }

  async #ids(): Promise<readonly string[]> {
    try {
      const names = await readdir(this.folder);
      return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length)).filter((id) => idPattern.test(id));
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw thrown;
    }
  }

  #path(kioskId: string): string {
    return join(this.folder, `${kioskId}.json`);
  }
}
