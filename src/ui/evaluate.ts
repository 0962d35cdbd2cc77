import type { Result } from '../base/index.ts';
import { err, messageOf, ok } from '../base/index.ts';
import { FrameLedger, pictureLimits, stillFrame } from '../camera/index.ts';
import type { DescriptorRule } from '../faces/index.ts';
import { comparisonOfCard } from '../faces/index.ts';
import type { BoxXyxy, Size } from '../geometry/index.ts';
import type { BackendMemory, DetectorTask, FrameResult, GivenBoxes, Pipeline, TaskName } from '../pipeline/index.ts';
import { createPipeline, examineFiles, usualEvidence } from '../pipeline/index.ts';
import type { ImportedModel, NamedBytes } from '../runtime/index.ts';
import { shippedModels, shippedPointsModels, shippedVectorModels, usualDescriptorId } from '../runtime/index.ts';
import type { EvaluateDoor, EvaluateHeld, EvaluateRequest, EvaluateStart } from './evaluate-door.ts';
import { createScriptUrlPolicy } from './trusted-types.ts';

/** A measurement starts from nothing: it neither uses nor changes what this browser has learned. */
const noMemory: BackendMemory = {
  recall: () => Promise.resolve(null),
  remember: () => Promise.resolve(),
  forget: () => Promise.resolve(),
};

/** Boxes are reported in the image's own pixels, so an image is not scaled down before it is looked at. */
const limits = { ...pictureLimits, frameSidePx: pictureLimits.sidePx };

/** A task as it is asked for from outside: what runs, and where its boxes come from. */
interface Work {
  readonly tasks: readonly TaskName[];
  readonly detector: DetectorTask;
  readonly modelId: string;
  /** Of the task `embed`. */
  readonly compare: DescriptorRule | null;
}

class EvaluatePage implements EvaluateDoor {
  readonly #ledger = new FrameLedger();
  readonly #trustScriptUrl = createScriptUrlPolicy();
  #running: { readonly pipeline: Pipeline; readonly work: Work } | null = null;

  async start({ task, model = null, backend, sizePx, minScore, modelFiles, healing = {} }: EvaluateRequest): Promise<Result<EvaluateStart>> {
    if (this.#running) return err('already-started', 'the page measures one request; reload it for another');
    const work = workOf(task, model);
    if (!work) return err('model-missing', `no model ${model ?? ''} ships for ${task}`);
    const brought = modelFiles.length > 0 ? await this.#examine(modelFiles, work.detector) : ok(null);
    if (!brought.ok) return brought;
    const card = brought.value?.model.card ?? shippedModels.find((each) => each.card.task === work.detector)?.card;
    if (!card) return err('model-missing', `no model ships for ${work.detector}`);
    const score = minScore ?? card.thresholds.score;
    const pipeline = createPipeline({
      settings: { tasks: work.tasks, minScore: { objects: score, faces: score }, inputSize: sizePx, targetFps: 15, backend, evidence: { ...usualEvidence, cues: task === 'liveness' }, ...(work.compare ? { descriptorId: work.modelId } : {}), ...(brought.value ? { models: { [work.detector]: brought.value.model } } : {}) },
      memory: noMemory,
      trustScriptUrl: this.#trustScriptUrl,
      healing,
    });
    this.#running = { pipeline, work };
    const started = await pipeline.start();
    return started.ok ? ok({ modelId: brought.value ? card.id : work.modelId, report: started.value, assumed: brought.value?.assumed ?? [], compare: work.compare }) : started;
  }

  async #examine(modelFiles: EvaluateRequest['modelFiles'], task: DetectorTask): Promise<Result<{ model: ImportedModel; assumed: readonly string[] }>> {
    const files: NamedBytes[] = [];
    for (const { name, url } of modelFiles) {
      const blob = await fetched(url);
      if (!blob.ok) return blob;
      files.push({ name, bytes: new Uint8Array(await blob.value.arrayBuffer()) });
    }
    const report = await examineFiles(files, { task }, this.#trustScriptUrl);
    if (!report.ok) return report;
    const { model, assumed, heads } = report.value;
    const [head] = heads;
    const words = [...assumed.map(({ about, because }) => `${about} (${because})`), ...(head?.assumed ?? []).map((about) => `${head?.head.family ?? ''} head: ${about}`)];
    return ok({ model, assumed: words });
  }

  async detect(url: string, boxesPx: readonly BoxXyxy[] | null = null): Promise<Result<FrameResult>> {
    if (!this.#running) return err('not-started', 'call start first');
    const { pipeline, work } = this.#running;
    const blob = await fetched(url);
    if (!blob.ok) return blob;
    const frame = await stillFrame(blob.value, this.#ledger, limits);
    if (!frame.ok) return frame;
    return pipeline.detectStill(frame.value, boxesPx ? givenBoxes(boxesPx, frame.value.info.size, work.detector) : undefined);
  }

  async held(): Promise<EvaluateHeld> {
    return { engine: (await this.#running?.pipeline.counts()) ?? null, openFrames: this.#ledger.openFrames };
  }
}

/** Null where the task has no such model. */
function workOf(task: EvaluateRequest['task'], model: string | null): Work | null {
  if (task === 'objects' || task === 'faces') {
    const modelId = shippedModels.find((each) => each.card.task === task)?.card.id;
    return modelId !== undefined && (model ?? modelId) === modelId ? { tasks: [task], detector: task, modelId, compare: null } : null;
  }
  if (task === 'embed' || task === 'liveness') return evidenceWork(task, model);
  const card = shippedPointsModels.map((each) => each.card).find((each) => (model === null ? each.task === task : each.id === model));
  if (!card || (card.task === 'pose') !== (task === 'pose')) return null;
  return task === 'pose' ? { tasks: ['pose'], detector: 'objects', modelId: card.id, compare: null } : { tasks: ['faces', card.task], detector: 'faces', modelId: card.id, compare: null };
}

function evidenceWork(task: 'embed' | 'liveness', model: string | null): Work | null {
  const wanted = task === 'embed' ? 'descriptor' : 'liveness';
  const id = model ?? (task === 'embed' ? usualDescriptorId : wanted);
  const card = shippedVectorModels.map((each) => each.card).find((each) => each.task === wanted && each.id === id);
  return card ? { tasks: ['embed'], detector: 'faces', modelId: card.id, compare: comparisonOfCard(card)?.rule ?? null } : null;
}

function givenBoxes(boxesPx: readonly BoxXyxy[], { width, height }: Size, detector: DetectorTask): GivenBoxes {
  const boxes = boxesPx.map(({ x1, y1, x2, y2 }) => ({ x1: x1 / width, y1: y1 / height, x2: x2 / width, y2: y2 / height }));
  return detector === 'faces' ? { faces: boxes } : { persons: boxes };
}

async function fetched(url: string): Promise<Result<Blob>> {
  try {
    const response = await fetch(url);
    return response.ok ? { ok: true, value: await response.blob() } : err('unreadable-file', `${url}: status ${response.status}`);
  } catch (thrown) {
    return err('unreadable-file', `${url}: ${messageOf(thrown)}`);
  }
}

window.lintelEvaluate = new EvaluatePage();
