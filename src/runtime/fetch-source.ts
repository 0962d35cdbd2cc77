import type { AssetFile } from 'virtual:lintel-assets';
import type { Result } from '../base/index.ts';
import { err, messageOf, ok } from '../base/index.ts';
import type { FilesOfCard, ModelFailure, ModelSource } from './model-source.ts';

/** Stops a wrong server from filling the memory: a little more than the card promises is already wrong. */
const slackBytes = 1024;

/**
 * A model that ships with the app. Every file is checked against its SHA-256; a damaged copy (a bad cache, a cut
 * download) is fetched once more past all caches, and only then reported.
 */
export function fetchSource<Card extends FilesOfCard>(
  card: Card,
  files: readonly AssetFile[],
  fetcher: typeof fetch = (...args) => fetch(...args),
): ModelSource<Card> {
  return {
    card,
    async read(name, onBytes) {
      const file = files.find((candidate) => candidate.name === name);
      if (!file) return err('model-missing', `${card.id} ships no file ${name}`);
      return readAsset(file, fetcher, onBytes);
    },
  };
}

/**
 * The verified bytes of a file that ships with the app, fetched a second time past all caches when they are wrong. A copy that
 * is damaged and cannot be had anew is `model-corrupt`, with both reasons.
 */
export async function readAsset(
  file: AssetFile,
  fetcher: typeof fetch = (...args) => fetch(...args),
  onBytes?: (count: number) => void,
): Promise<Result<Uint8Array<ArrayBuffer>, ModelFailure>> {
  const first = await readVerified(file, 'default', fetcher, onBytes);
  if (first.ok) return first;
  const second = await readVerified(file, 'reload', fetcher);
  if (second.ok || first.failure.code !== 'model-corrupt' || second.failure.code === 'model-corrupt') return second;
  return err('model-corrupt', `${first.failure.detail}; not to be had anew: ${second.failure.detail}`);
}

async function readVerified(
  file: AssetFile,
  cache: RequestCache,
  fetcher: typeof fetch,
  onBytes?: (count: number) => void,
): Promise<Result<Uint8Array<ArrayBuffer>, ModelFailure>> {
  try {
    const response = await fetcher(file.url, { cache });
    if (!response.ok) return err('model-missing', `${file.url}: the server answered ${response.status}`);
    const data = await readBounded(response, file.bytes + slackBytes, onBytes);
    const hash = await sha256Hex(data);
    if (hash !== file.sha256) return err('model-corrupt', `${file.name}: ${data.byteLength} bytes with SHA-256 ${hash}, expected ${file.bytes} with ${file.sha256}`);
    return ok(data);
  } catch (thrown) {
    return err('model-missing', `${file.url}: ${messageOf(thrown)}`);
  }
}

async function readBounded(response: Response, maxBytes: number, onBytes?: (count: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.body) return new Uint8Array(await response.arrayBuffer());
  const pieces: Uint8Array[] = [];
  let total = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    total += value.byteLength;
    if (total > maxBytes) {
      await reader.cancel();
      break;
    }
    onBytes?.(value.byteLength);
  }
  const joined = new Uint8Array(total);
  let offset = 0;
  for (const piece of pieces) {
    joined.set(piece, offset);
    offset += piece.byteLength;
  }
  return joined;
}

/** Lower-case hexadecimal SHA-256 of the bytes. */
export async function sha256Hex(data: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', data);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
