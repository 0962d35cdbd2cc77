import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ShippedCard } from '../src/runtime/card.ts';
import { readCard } from '../src/runtime/card.ts';
import type { PointsCard } from '../src/runtime/points-card.ts';
import { readPointsCard } from '../src/runtime/points-card.ts';
import type { VectorCard } from '../src/runtime/vector-card.ts';
import { readVectorCard } from '../src/runtime/vector-card.ts';
import { checkModel } from './check-model.ts';

const modelsFolder = dirname(fileURLToPath(import.meta.url));
const packagesFolder = join(modelsFolder, '..', 'node_modules');
const wasmPackage = '@tensorflow/tfjs-backend-wasm';
const runtimeWasm = [
  { package: 'onnxruntime-web', path: 'dist/ort-wasm-simd-threaded.wasm' },
  { package: '@litertjs/core', path: 'wasm/litert_wasm_internal.wasm' },
  { package: '@litertjs/core', path: 'wasm/litert_wasm_compat_internal.wasm' },
] as const;
const wasmNames = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];

/** A file that ships with the app beside its code. */
export interface Asset {
  readonly name: string;
  /** Content-addressed: a part of the hash stands in the path. */
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Where the build finds it. */
  readonly sourcePath: string;
}

/** The card of a detector, of a model of points, or of a model of a face's numbers. */
export type AnyCard = ShippedCard | PointsCard | VectorCard;

export interface ShippedModel {
  readonly card: AnyCard;
  readonly files: readonly Asset[];
}

/** Every model of `models/`, read and checked against its card. Throws, naming the file, on anything that does not match. */
export async function listModels(modelsRoot = modelsFolder, packagesRoot = packagesFolder): Promise<readonly ShippedModel[]> {
  const entries = await readdir(modelsRoot, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(folders.sort().map((id) => readModel(id, modelsRoot, packagesRoot)));
}

/** The three builds of the wasm backend; a browser loads the one that it can run. */
export async function listWasm(packagesRoot = packagesFolder): Promise<readonly Asset[]> {
  return Promise.all(wasmNames.map((name) => wasmAsset(join(packagesRoot, wasmPackage, 'dist', name))));
}

/** The wasm builds of the second runtimes: ONNX, and LiteRT with relaxed SIMD or without. */
export async function listRuntimes(packagesRoot = packagesFolder): Promise<readonly Asset[]> {
  return Promise.all(runtimeWasm.map(({ package: name, path }) => wasmAsset(join(packagesRoot, name, path))));
}

/** All files with a content-addressed route: what the service worker keeps and verifies. */
export async function listAssets(): Promise<readonly Asset[]> {
  const [models, wasm, runtimes] = await Promise.all([listModels(), listWasm(), listRuntimes()]);
  return [...models.flatMap((model) => model.files), ...wasm, ...runtimes];
}

async function wasmAsset(sourcePath: string): Promise<Asset> {
  const name = basename(sourcePath);
  const { bytes, sha256 } = await fingerprint(sourcePath);
  return { name, url: `/wasm/${sha256.slice(0, 12)}/${name}`, bytes, sha256, sourcePath };
}

async function readModel(id: string, modelsRoot: string, packagesRoot: string): Promise<ShippedModel> {
  const cardPath = join(modelsRoot, id, 'card.json');
  const parsed = readAnyCard(await readJson(cardPath));
  if (!parsed.ok) throw new Error(`${cardPath}: ${parsed.failure.detail}`);
  const card = parsed.value;
  if (card.id !== id) throw new Error(`${cardPath}: id is ${card.id}, its folder is ${id}`);
  const packageFolder = join(packagesRoot, card.source.package);
  await checkPackageVersion(card, packageFolder);
  const files = await Promise.all(
    card.files.map(async (file) => {
      const sourcePath = join(packageFolder, file.path);
      const { bytes, sha256 } = await fingerprint(sourcePath);
      if (bytes !== file.bytes) throw new Error(`${sourcePath}: ${bytes} bytes, the card of ${id} says ${file.bytes}`);
      if (sha256 !== file.sha256) throw new Error(`${sourcePath}: SHA-256 ${sha256}, the card of ${id} says ${file.sha256}`);
      return { name: file.name, url: `/models/${id}/${sha256.slice(0, 12)}/${file.name}`, bytes, sha256, sourcePath };
    }),
  );
  await checkModel(card, (name) => readFile(join(packageFolder, pathOf(card, name))));
  return { card, files };
}

/** Models of points say how many; detectors have no such field. */
export function isPointsCard(card: AnyCard): card is PointsCard {
  return 'points' in card;
}

/** Models of a face's numbers say how many; nobody else has such a field. */
export function isVectorCard(card: AnyCard): card is VectorCard {
  return 'length' in card;
}

function readAnyCard(json: unknown): ReturnType<typeof readCard> | ReturnType<typeof readPointsCard> | ReturnType<typeof readVectorCard> {
  if (typeof json !== 'object' || json === null) return readCard(json);
  if ('length' in json) return readVectorCard(json);
  return 'points' in json ? readPointsCard(json) : readCard(json);
}

async function checkPackageVersion(card: AnyCard, packageFolder: string): Promise<void> {
  const manifestPath = join(packageFolder, 'package.json');
  const { version } = (await readJson(manifestPath)) as { version: string };
  if (version !== card.source.version) {
    throw new Error(`${manifestPath}: version ${version}, the card of ${card.id} says ${card.source.version}`);
  }
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new Error(`${path}: not JSON`, { cause });
  }
}

async function fingerprint(path: string): Promise<{ bytes: number; sha256: string }> {
  const data = await readFile(path);
  return { bytes: data.byteLength, sha256: createHash('sha256').update(data).digest('hex') };
}

function pathOf(card: AnyCard, name: string): string {
  const file = card.files.find((candidate) => candidate.name === name);
  if (!file) throw new Error(`the card of ${card.id} lists no file ${name}`);
  return file.path;
}
