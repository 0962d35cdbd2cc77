import { createHash } from 'node:crypto';
import type { ImportedCard, ImportedModel } from '../../src/runtime/index.ts';

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

/** A model of two files whose contents are texts. */
export function madeModel(id: string, title: string, contents: readonly [graph: string, weights: string] = ['graph', 'weights']): ImportedModel {
  const files = (['model.json', 'weights.bin'] as const).map((file, i) => ({ name: file, bytes: bytesOf(contents[i] ?? '') }));
  const card: ImportedCard = {
    id,
    title,
    task: 'objects',
    format: 'tfjs-graph',
    source: { imported: true, origin: '' },
    licence: { spdx: 'unknown', note: '' },
    files: files.map(({ name: file, bytes }, i) => ({
      name: file,
      role: i === 0 ? 'graph' : 'weights',
      path: file,
      bytes: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
    input: {
      layout: 'NHWC',
      colour: 'rgb',
      mean: [0, 0, 0],
      scale: 1 / 255,
      multiplePx: 32,
      minPx: 320,
      maxPx: 320,
      defaultPx: 320,
      fit: { kind: 'letterbox', align: 'centre', pad: 114 },
      fixedPx: { width: 320, height: 320 },
    },
    views: [{ mirrored: false, scale: 1 }],
    head: { family: 'v8' },
    labels: ['cup', 'plate'],
    thresholds: { score: 0.25, iou: 0.45, measuredOn: 'not measured' },
  };
  return { card, files };
}
