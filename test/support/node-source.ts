import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok } from '../../src/base/index.ts';
import type { FilesOfCard, ModelSource, PointsCard, ShippedCard, VectorCard } from '../../src/runtime/index.ts';
import { readCard, readPointsCard, readVectorCard } from '../../src/runtime/index.ts';

const repository = join(import.meta.dirname, '..', '..');

export type ModelId = 'objects-centernet' | 'faces-tiny-yolov2';
export type PointsModelId = 'face-landmarks-68' | 'face-mesh' | 'pose-movenet';
export type VectorModelId = 'face-descriptor-128' | 'face-descriptor-1024' | 'liveness' | 'antispoof';

/** The folder of an installed npm package. */
export function packageFolder(name: string): string {
  return join(repository, 'node_modules', name);
}

/** The card of a model that ships, read and checked. */
export function shippedCard(id: ModelId): ShippedCard {
  const card = readCard(JSON.parse(readFileSync(join(repository, 'models', id, 'card.json'), 'utf8')));
  if (!card.ok) throw new Error(card.failure.detail);
  return card.value;
}

/** The card of a model of points that ships, read and checked. */
export function shippedPointsCard(id: PointsModelId): PointsCard {
  const card = readPointsCard(JSON.parse(readFileSync(join(repository, 'models', id, 'card.json'), 'utf8')));
  if (!card.ok) throw new Error(card.failure.detail);
  return card.value;
}

/** The card of a model of a face's numbers that ships, read and checked. */
export function shippedVectorCard(id: VectorModelId): VectorCard {
  const card = readVectorCard(JSON.parse(readFileSync(join(repository, 'models', id, 'card.json'), 'utf8')));
  if (!card.ok) throw new Error(card.failure.detail);
  return card.value;
}

/** Files that stand in for the package's own, by their name. */
export type ChangedFiles = Readonly<Record<string, (original: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>>>;

/** The real weights of a shipped model, read from its npm package; `changed` damages or replaces files on the way. */
export function nodeSource(id: ModelId, changed: ChangedFiles = {}): ModelSource {
  return sourceOf(shippedCard(id), changed);
}

/** The real weights of a shipped model of points, likewise. */
export function nodePointsSource(id: PointsModelId, changed: ChangedFiles = {}): ModelSource<PointsCard> {
  return sourceOf(shippedPointsCard(id), changed);
}

function sourceOf<Card extends FilesOfCard & Pick<ShippedCard, 'source'>>(card: Card, changed: ChangedFiles): ModelSource<Card> {
  const root = packageFolder(card.source.package);
  return {
    card,
    read(name, onBytes) {
      const file = card.files.find((candidate) => candidate.name === name);
      if (!file) throw new Error(`the card of ${card.id} lists no file ${name}`);
      const original = new Uint8Array(readFileSync(join(root, file.path)));
      const data = changed[name]?.(original) ?? original;
      onBytes?.(data.byteLength);
      return Promise.resolve(ok(data));
    },
  };
}

/** Changes a JSON file of a source: parsed, changed, written again. */
export function changedJson(change: (parsed: unknown) => unknown): ChangedFiles[string] {
  return (original) => new TextEncoder().encode(JSON.stringify(change(JSON.parse(new TextDecoder().decode(original)))));
}
