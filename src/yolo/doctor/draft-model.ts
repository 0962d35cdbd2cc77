import type { FoundNetwork } from '../../runtime/files.ts';
import type { ImportedCard, ImportedModel, ModelNotes } from '../../runtime/index.ts';
import { ImportError } from '../../runtime/files.ts';
import { readImportedCard, sha256Hex, shippedModels } from '../../runtime/index.ts';
import type { OutputShape } from '../decode/raw-output.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import { classesOf } from './classes-of.ts';
import { customaryOverlap } from './customary-overlap.ts';
import type { Assumed, Corrections } from './model-report.ts';
import { customaryPreprocessing, isUltralytics } from './preprocessing.ts';
import type { StatedInput } from './stated-input.ts';

/** What a draft is made of. Without a head it is good enough to run the network, not to read its outputs. */
export interface DraftParts {
  readonly found: FoundNetwork;
  readonly input: StatedInput;
  readonly head: HeadSpec | null;
  readonly notes: ModelNotes | null;
  readonly outputs: readonly OutputShape[];
  /** How the format itself fits pictures, where it says so. */
  readonly fit: ImportedCard['input']['fit'] | null;
}

const scoreThreshold = 0.25;
const largestStridePx = 32;

/**
 * Drafts the card of an imported model, and its files under the card's names.
 *
 * @throws ImportError `correction-invalid` when a correction makes an impossible card
 */
export async function draftModel(parts: DraftParts, corrections: Corrections): Promise<{ readonly model: ImportedModel; readonly assumed: readonly Assumed[] }> {
  const { found, head } = parts;
  const assumed: Assumed[] = [];
  const files = await Promise.all(found.parts.map(async ({ name, role, path, bytes }) => ({ name, role, path: path.slice(-200), bytes: bytes.byteLength, sha256: await sha256Hex(bytes) })));
  const labels = labelsOf(parts, corrections, assumed);
  if (!corrections.task) assumed.push({ about: 'task', because: 'usual' });
  assumed.push({ about: 'thresholds', because: 'family-custom' });
  const card = readImportedCard({
    id: `imported-${files.map(({ sha256 }) => sha256.slice(0, 8)).join('-')}`,
    title: corrections.title ?? titleOf(found.path),
    task: corrections.task ?? 'objects',
    format: found.format,
    source: { imported: true, origin: found.path.slice(-200) },
    licence: { spdx: parts.notes?.licence ?? '', note: '' },
    files,
    input: inputOf(parts, corrections, assumed),
    views: [{ mirrored: false, scale: 1 }],
    head: head ?? { family: 'unread' },
    labels,
    thresholds: {
      score: scoreThreshold,
      iou: customaryOverlap(head),
      measuredOn: '',
    },
  });
  if (!card.ok) throw new ImportError('correction-invalid', card.failure.detail);
  return { model: { card: card.value, files: found.parts.map(({ name, bytes }) => ({ name, bytes })) }, assumed };
}

function inputOf({ found, input, head, notes, fit }: DraftParts, corrections: Corrections, assumed: Assumed[]): unknown {
  const custom = customaryPreprocessing(head, found.format);
  const because = notes && isUltralytics(notes) ? 'exporter-custom' : 'family-custom';
  if (!corrections.colour) assumed.push({ about: 'colour', because });
  const stated = input.pixelValues;
  if (!stated && (corrections.scale === undefined || !corrections.mean)) assumed.push({ about: 'scale', because });
  if (!corrections.fit && !fit) assumed.push({ about: 'fit', because });
  const { width, height } = input.size;
  const longPx = Math.max(width, height);
  return {
    layout: input.layout,
    colour: corrections.colour ?? custom.colour,
    mean: corrections.mean ?? (stated ? [stated.mean, stated.mean, stated.mean] : custom.mean),
    scale: corrections.scale ?? stated?.scale ?? custom.scale,
    fit: corrections.fit ?? fit ?? custom.fit,
    ...(input.isFree && !corrections.size ? { multiplePx: largestStridePx, minPx: largestStridePx, maxPx: Math.max(1280, longPx) } : { multiplePx: 1, minPx: longPx, maxPx: longPx, fixedPx: { width, height } }),
    defaultPx: longPx,
  };
}

/**
 * The names that somebody gave, if there are as many as classes; those of a model of ours with as many classes (COCO's
 * 80); numbers otherwise.
 */
function labelsOf({ head, notes, outputs }: DraftParts, corrections: Corrections, assumed: Assumed[]): readonly string[] {
  if (corrections.labels) return corrections.labels;
  const classes = head ? classesOf(head, outputs) : 1;
  if (notes?.names && (classes === null || notes.names.length === classes)) return notes.names;
  const usual = shippedModels.find(({ card }) => card.labels.length > 1 && card.labels.length === classes);
  assumed.push({ about: 'labels', because: usual ? 'usual' : 'numbered' });
  return usual?.card.labels ?? Array.from({ length: classes ?? 1 }, (_, i) => String(i));
}

function titleOf(path: string): string {
  const parts = path.split('/');
  const last = parts.at(-1) ?? path;
  const name = last === 'model.json' ? (parts.at(-2) ?? last) : last;
  return name.replace(/\.(onnx|tflite|cfg|json)$/i, '');
}
