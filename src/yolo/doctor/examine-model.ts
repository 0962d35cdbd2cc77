import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { FoundNetwork } from '../../runtime/files.ts';
import type { ImportedModel, ImportFailure, ModelNotes, NamedBytes, NetworkFacts } from '../../runtime/index.ts';
import { findNetwork, gatherFiles, gatherNotes, ImportError, importFailure } from '../../runtime/files.ts';
import { headFits } from '../decode/head-fits.ts';
import type { OutputShape } from '../decode/raw-output.ts';
import { guessHead } from '../guess/guess-head.ts';
import type { HeadGuess } from '../guess/head-guess.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import { darknetFacts } from './darknet-facts.ts';
import { draftModel } from './draft-model.ts';
import type { Assumed, Corrections, ModelReport } from './model-report.ts';
import { classesOf } from './classes-of.ts';
import type { StatedInput } from './stated-input.ts';
import { readInput } from './stated-input.ts';

/** Runs a network once on an empty picture and tells the shapes of its outputs. */
export type ProbeOutputs = (model: ImportedModel, size: Size) => Promise<Result<readonly OutputShape[], ImportFailure>>;

/**
 * Examines what a person dropped: finds the network, reads what it says of itself, guesses what it does not say, and
 * drafts a card. Nothing is guessed silently: `assumed` and `heads` name every guess, and `corrections` override them.
 *
 * @param probe asked only when the file leaves the shapes of its outputs open
 */
export async function examineModel(given: readonly NamedBytes[], probe: ProbeOutputs, corrections: Corrections = {}): Promise<Result<ModelReport, ImportFailure>> {
  try {
    const files = gatherFiles(given);
    const found = findNetwork(files);
    const { facts, head: ownHead, fit } = found.format === 'darknet' ? darknetFacts(found) : { facts: found.facts, head: null, fit: null };
    const notes = gatherNotes(facts, files);
    const input = readInput(facts, found.format, notes, corrections);
    const outputs = await outputShapes(found, facts, input, probe);
    if (!outputs.ok) return outputs;
    const heads = ownHead ? [{ head: ownHead, why: 'grids-with-anchors', assumed: [] } as const] : guessesOf(found, input, notes, outputs.value, corrections);
    const head = chosenHead(heads, outputs.value, input.size, corrections);
    const assumed: Assumed[] = [...input.assumed];
    if (!corrections.head && !ownHead && (heads.length > 1 || (heads[0]?.assumed.length ?? 0) > 0)) assumed.push({ about: 'head', because: 'likeliest' });
    const draft = await draftModel({ found, input, head, notes, outputs: outputs.value, fit }, corrections);
    return ok({
      model: draft.model,
      notes,
      inputName: input.name,
      isFreeSize: input.isFree,
      outputs: outputs.value,
      operations: facts.operations,
      fileBytes: found.parts.reduce((sum, { bytes }) => sum + bytes.byteLength, 0),
      leastMemoryBytes: facts.weightBytes + 4 * (3 * input.size.width * input.size.height + outputs.value.reduce((sum, { shape }) => sum + product(shape), 0)),
      heads,
      assumed: [...assumed, ...draft.assumed],
    });
  } catch (thrown) {
    return importFailure(thrown);
  }
}

/** The stated shapes; a batch that is left open is one picture. Everything else that is open is found out by a run. */
async function outputShapes(found: FoundNetwork, facts: NetworkFacts, input: StatedInput, probe: ProbeOutputs): Promise<Result<readonly OutputShape[], ImportFailure>> {
  const stated = facts.outputs.map(({ name, shape }) => ({ name, shape: shape?.map((side, i) => (i === 0 ? (side ?? 1) : side)) ?? [null] }));
  const isComplete = stated.length > 0 && stated.every(({ shape }) => shape.every((side) => side !== null));
  if (isComplete && !input.isFree) return ok(stated as readonly OutputShape[]);
  const { model } = await draftModel({ found, input, head: null, notes: null, outputs: [], fit: null }, {});
  return probe(model, input.size);
}

function guessesOf({ format, path }: FoundNetwork, input: StatedInput, notes: ModelNotes, outputs: readonly OutputShape[], corrections: Corrections): readonly HeadGuess[] {
  const names = corrections.labels ?? notes.names;
  return guessHead(outputs, input.size, {
    producer: `${notes.description ?? ''} ${path}`,
    inputName: input.name,
    format: format === 'tfjs-graph' || format === 'tfjs-layers' ? 'tfjs' : format,
    ...(names ? { classes: names.length } : {}),
  });
}

function chosenHead(heads: readonly HeadGuess[], outputs: readonly OutputShape[], size: Size, { head, labels }: Corrections): HeadSpec {
  const chosen = head ?? heads[0]?.head;
  const shapes = outputs.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ');
  if (!chosen) throw new ImportError('head-unknown', `no known head has the outputs ${shapes} for an input of ${size.width}x${size.height}`);
  const fits = headFits(chosen, outputs, size);
  if (!fits.ok) throw new ImportError('correction-invalid', fits.failure.detail);
  const classes = classesOf(chosen, outputs);
  if (labels && classes !== null && labels.length !== classes) throw new ImportError('correction-invalid', `${labels.length} names for ${classes} classes`);
  return chosen;
}

function product(shape: readonly number[]): number {
  return shape.reduce((all, side) => all * side, 1);
}
