import type { Result } from '../base/index.ts';
import { err, messageOf, ok } from '../base/index.ts';
import { FrameLedger, pictureLimits, stillFrame } from '../camera/index.ts';
import type { BackendMemory, FrameResult, Pipeline } from '../pipeline/index.ts';
import { createPipeline, examineFiles } from '../pipeline/index.ts';
import type { ImportedModel, NamedBytes } from '../runtime/index.ts';
import { shippedModels } from '../runtime/index.ts';
import type { EvaluateDoor, EvaluateRequest, EvaluateStart } from './evaluate-door.ts';
import { createScriptUrlPolicy } from './trusted-types.ts';

/** A measurement starts from nothing: it neither uses nor changes what this browser has learned. */
const noMemory: BackendMemory = {
  recall: () => Promise.resolve(null),
  remember: () => Promise.resolve(),
  forget: () => Promise.resolve(),
};

/** Boxes are reported in the image's own pixels, so an image is not scaled down before it is looked at. */
const limits = { ...pictureLimits, frameSidePx: pictureLimits.sidePx };

class EvaluatePage implements EvaluateDoor {
  readonly #ledger = new FrameLedger();
  readonly #trustScriptUrl = createScriptUrlPolicy();
  #pipeline: Pipeline | null = null;

  async start({ task, backend, sizePx, minScore, modelFiles }: EvaluateRequest): Promise<Result<EvaluateStart>> {
    if (this.#pipeline) return err('already-started', 'the page measures one request; reload it for another');
    const brought = modelFiles.length > 0 ? await this.#examine(modelFiles, task) : ok(null);
    if (!brought.ok) return brought;
    const card = brought.value?.model.card ?? shippedModels.find((model) => model.card.task === task)?.card;
    if (!card) return err('model-missing', `no model ships for ${task}`);
    const score = minScore ?? card.thresholds.score;
    this.#pipeline = createPipeline({
      settings: { tasks: [task], minScore: { objects: score, faces: score }, inputSize: sizePx, targetFps: 15, backend, ...(brought.value ? { models: { [task]: brought.value.model } } : {}) },
      memory: noMemory,
      trustScriptUrl: this.#trustScriptUrl,
    });
    const started = await this.#pipeline.start();
    return started.ok ? ok({ modelId: card.id, report: started.value, assumed: brought.value?.assumed ?? [] }) : started;
  }

  async #examine(modelFiles: EvaluateRequest['modelFiles'], task: EvaluateRequest['task']): Promise<Result<{ model: ImportedModel; assumed: readonly string[] }>> {
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

  async detect(url: string): Promise<Result<FrameResult>> {
    if (!this.#pipeline) return err('not-started', 'call start first');
    const blob = await fetched(url);
    if (!blob.ok) return blob;
    const frame = await stillFrame(blob.value, this.#ledger, limits);
    return frame.ok ? this.#pipeline.detectStill(frame.value) : frame;
  }
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
