import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

interface Room {
  /** Imports go down only; rooms of one layer do not know each other. */
  readonly layer: number;
  readonly mayImport: readonly string[];
  /** Files that other rooms may import. */
  readonly doors: readonly string[];
}

const index = 'index.ts';
const tensors = 'tf.ts';

/** The house: every room, its layer, what it may import, and its doors. The README draws the same picture. */
const rooms: Readonly<Record<string, Room>> = {
  base: { layer: 0, mayImport: [], doors: [index] },
  geometry: { layer: 0, mayImport: [], doors: [index] },
  runtime: { layer: 1, mayImport: ['base', 'geometry'], doors: [index, tensors, 'files.ts'] },
  tracking: { layer: 1, mayImport: ['base', 'geometry'], doors: [index] },
  evaluation: { layer: 1, mayImport: ['base', 'geometry'], doors: [index] },
  camera: { layer: 1, mayImport: ['base', 'geometry'], doors: [index] },
  audit: { layer: 1, mayImport: ['base'], doors: [index] },
  doorlink: { layer: 1, mayImport: ['base'], doors: [index] },
  yolo: { layer: 2, mayImport: ['base', 'geometry', 'runtime'], doors: [index, tensors] },
  landmarks: { layer: 2, mayImport: ['base', 'geometry', 'runtime'], doors: [index, tensors] },
  faces: { layer: 3, mayImport: ['base', 'geometry', 'runtime', 'landmarks'], doors: [index, tensors] },
  pipeline: { layer: 4, mayImport: ['base', 'geometry', 'camera', 'runtime', 'tracking', 'yolo', 'landmarks', 'faces'], doors: [index] },
  store: { layer: 5, mayImport: ['base', 'audit', 'doorlink', 'runtime', 'yolo', 'faces', 'pipeline'], doors: [index] },
  kiosk: { layer: 6, mayImport: ['base', 'geometry', 'faces', 'doorlink', 'pipeline', 'store'], doors: [index] },
  ui: { layer: 7, mayImport: ['base', 'geometry', 'runtime', 'evaluation', 'camera', 'yolo', 'landmarks', 'pipeline', 'store', 'kiosk', 'faces', 'audit', 'doorlink'], doors: [] },
};

/** A world of its own: Node. It imports no room but the language helpers and what kiosk and bridge say to each other. */
const nodeRoom: Room = { layer: 0, mayImport: ['base', 'doorlink'], doors: [index] };

/** Files that worlds outside `src` may take from behind a door, each for a reason. */
const outsideExceptions: Readonly<Record<string, readonly string[]>> = {
  // The service worker must not pull in a room: it shares the names of its caches and messages with the page and no more.
  sw: ['src/store/cache-names.ts', 'src/store/worker-messages.ts'],
  // The build step runs in Node before the virtual module behind the runtime's door exists.
  models: ['src/runtime/card.ts', 'src/runtime/points-card.ts', 'src/runtime/vector-card.ts', 'src/runtime/weight-bytes.ts'],
  // The command drives a page of the app: both sides share the type of what the page offers.
  tools: ['src/ui/evaluate-door.ts'],
};

const entries = ['src/ui/main.ts', 'src/ui/evaluate.ts', 'src/pipeline/worker.ts', 'src/store/vault/kdf-worker.ts', 'sw/sw.ts', 'src/server/main.ts'];

interface ImportOf {
  readonly from: string;
  readonly specifier: string;
  /** Path from the root for a relative import; null for a package. */
  readonly target: string | null;
  readonly typeOnly: boolean;
  /** Loaded when first needed: it makes no static chain. */
  readonly lazy: boolean;
}

const files = ['src', 'sw', 'models', 'tools'].flatMap((folder) => listFiles(join(root, folder))).map((path) => relative(root, path).split(sep).join('/'));
const imports = files.flatMap(importsOf);

describe('the house', () => {
  it('has no room that the table does not know, and no empty one', () => {
    const found = new Set(files.filter((file) => file.startsWith('src/') && file.split('/').length > 2).map(roomOf));
    expect([...found].sort()).toEqual([...Object.keys(rooms), 'server'].sort());
  });

  it('lets imports go down only, into rooms that the table allows', () => {
    const wrong = crossings().filter(({ from, to }) => {
      const room = roomNamed(from);
      return !room.mayImport.includes(to) || (from !== 'server' && roomNamed(to).layer >= room.layer);
    });
    expect(wrong.map(({ text }) => text)).toEqual([]);
  });

  it('has doors: nobody imports a file behind one', () => {
    const wrong = crossings().filter(({ to, file }) => !roomNamed(to).doors.includes(file));
    expect(wrong.map(({ text }) => text)).toEqual([]);
  });

  it('opens tensor doors only to tensor code and the engine', () => {
    const wrong = crossings().filter(({ file, fromFile }) => file === tensors && !isTensorCode(fromFile));
    expect(wrong.map(({ text }) => text)).toEqual([]);
  });

  it('lets worlds outside src in by the doors, or by the exceptions of the table', () => {
    const wrong = imports
      .filter(({ from, target }) => !from.startsWith('src/') && target?.startsWith('src/'))
      .filter(({ from, target }) => {
        const world = from.split('/')[0] ?? '';
        const parts = (target ?? '').split('/');
        const isEntry = entries.includes(target ?? '');
        const byDoor = world === 'tools' && parts.length === 3 && [index, tensors].includes(parts[2] ?? '');
        return !byDoor && !isEntry && !(outsideExceptions[world] ?? []).includes(target ?? '');
      });
    expect(wrong.map(({ from, specifier }) => `${from} -> ${specifier}`)).toEqual([]);
  });

  it('has no import cycle', () => {
    expect(findCycle()).toEqual([]);
  });

  it('keeps the tensor library away from ui: no static chain of imports reaches it', () => {
    for (const entry of ['src/ui/main.ts', 'src/ui/evaluate.ts']) expect(chainToTensors(entry)).toEqual([]);
  });

  it('touches the tensor library in tensor code only', () => {
    const wrong = imports.filter(({ from, specifier, typeOnly }) => from.startsWith('src/') && specifier.startsWith('@tensorflow/') && !typeOnly && !isTensorCode(from));
    expect(wrong.map(({ from, specifier }) => `${from} -> ${specifier}`)).toEqual([]);
  });

  it('has no file with logic over 400 lines', () => {
    const long = files.filter((file) => !file.includes('/generated/')).map((file) => [file, readFileSync(join(root, file), 'utf8').split('\n').length] as const);
    expect(long.filter(([, lines]) => lines > 401)).toEqual([]);
  });
});

interface Crossing {
  readonly from: string;
  readonly fromFile: string;
  readonly to: string;
  readonly file: string;
  readonly text: string;
}

/** Imports from one room of `src` into another. */
function crossings(): readonly Crossing[] {
  return imports.flatMap(({ from, target, specifier }) => {
    if (!from.startsWith('src/') || !target?.startsWith('src/') || roomOf(from) === roomOf(target)) return [];
    return [{ from: roomOf(from), fromFile: from, to: roomOf(target), file: target.split('/').slice(2).join('/'), text: `${from} -> ${specifier}` }];
  });
}

function roomNamed(name: string): Room {
  const room = name === 'server' ? nodeRoom : rooms[name];
  if (!room) throw new Error(`the table has no room ${name}`);
  return room;
}

function roomOf(file: string): string {
  return file.split('/')[1] ?? '';
}

/** Code that may hold tensors: a room's tensor door, what stands behind it, and the engine. */
function isTensorCode(file: string): boolean {
  return file.endsWith(`/${tensors}`) || file.includes('/tensor/') || file.startsWith('src/pipeline/engine/') || file === 'src/pipeline/worker.ts';
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

function importsOf(file: string): ImportOf[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: ImportOf[] = [];
  const add = (specifier: string, typeOnly: boolean, lazy: boolean): void => {
    const bare = specifier.replace(/\?.*$/, '');
    const target = bare.startsWith('.') ? normalize(join(dirname(file), bare)).split(sep).join('/') : null;
    // `?worker&url` asks for the address of a worker's own bundle: no code of it is imported.
    if (!specifier.includes('?worker')) found.push({ from: file, specifier, target, typeOnly, lazy });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword, false);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.isTypeOnly, false);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const argument = node.arguments[0];
      if (argument && ts.isStringLiteral(argument)) add(argument.text, false, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Files that a file runs when it is loaded: types are gone by then, lazy imports come later. */
function runtimeTargets(file: string): readonly string[] {
  return imports.filter((item) => item.from === file && !item.typeOnly && !item.lazy).flatMap((item) => item.target ?? []);
}

function findCycle(): readonly string[] {
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const next of runtimeTargets(file)) {
      const cycle = walk(next, [...path, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  for (const file of files) {
    const cycle = walk(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

function chainToTensors(entry: string): readonly string[] {
  const seen = new Set<string>();
  const walk = (file: string, path: readonly string[]): readonly string[] => {
    if (seen.has(file)) return [];
    seen.add(file);
    const direct = imports.find((item) => item.from === file && !item.typeOnly && !item.lazy && item.specifier.startsWith('@tensorflow/'));
    if (direct) return [...path, file, direct.specifier];
    for (const next of runtimeTargets(file)) {
      const chain = walk(next, [...path, file]);
      if (chain.length > 0) return chain;
    }
    return [];
  };
  return walk(entry, []);
}
