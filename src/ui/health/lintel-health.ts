import { consume } from '@lit/context';
import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { shippedModels, shippedPointsModels, shippedVectorModels } from '../../runtime/index.ts';
import type { EngineCounts, FrameResult, Pipeline, PipelineState, StreamRates, TaskRun } from '../../pipeline/index.ts';
import type { AppUpdates } from '../../store/index.ts';
import { pipelineContext, sessionContext, updatesContext } from '../contexts.ts';
import { failureText } from '../i18n/failure-texts.ts';
import { formatBytes, formatInteger, formatMilliseconds, formatRate } from '../i18n/format.ts';
import { checkIcon, warningIcon } from '../icons/icons.ts';
import { isLasting, storageEstimate } from '../storage-estimate.ts';
import { ReadEvery } from '../read-every.ts';
import type { LiveSession } from '../live/live-session.ts';
import { taskName } from '../live/task-texts.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';

type Fact = readonly [name: string, value: string];

/** How the app is doing: the engine, the last frame, what it holds, what is free. Read again every two seconds. */
@localized()
@customElement('lintel-health')
export class LintelHealth extends LitElement {
  static override styles = [
    controls,
    page,
    css`
      dt {
        font-weight: 500;
      }
      dd {
        text-align: end;
      }
      .row {
        min-block-size: 48px;
      }
      .verdict {
        font-size: 1.0625rem;
        font-weight: 600;
      }
    `,
  ];

  @consume({ context: pipelineContext })
  @property({ attribute: false })
  pipeline!: Pipeline;

  @consume({ context: sessionContext })
  @property({ attribute: false })
  session!: LiveSession;

  @consume({ context: updatesContext })
  @property({ attribute: false })
  updates!: AppUpdates;

  @state() private engine: PipelineState = { phase: 'idle' };
  @state() private counts: EngineCounts | null = null;
  @state() private usage: StorageEstimate | null = null;
  @state() private isLasting: boolean | null = null;

  constructor() {
    super();
    new ReadEvery(this, 2000, () => this.#read());
  }

  override render(): TemplateResult {
    const { result, rates, runs } = this.session.last;
    return html`<h1 tabindex="-1">${msg('Health')}</h1>
      <p>${this.#verdict()}</p>
      ${section(msg('Engine'), this.#engineFacts())} ${section(msg('Last frame'), lastFrameFacts(result, rates))}
      ${runs.length > 0 ? section(msg('Tasks'), runs.map((run) => taskFact(run, rates))) : nothing}
      ${section(msg('Held in memory'), this.#memoryFacts())} ${section(msg('Versions'), this.#versionFacts())}`;
  }

  #verdict(): TemplateResult {
    const { engine } = this;
    if (engine.phase === 'failed') return html`<span class="badge bad verdict">${warningIcon}${failureText(engine.failure.code).title}</span>`;
    if (engine.phase === 'ready') return html`<span class="badge good verdict">${checkIcon}${msg('Detection is ready')}</span>`;
    return html`<span class="badge verdict">${engine.phase === 'idle' ? msg('Detection has not been started yet') : msg('Detection is starting')}</span>`;
  }

  #engineFacts(): Fact[] {
    if (this.engine.phase === 'failed') return [[msg('Reason'), this.engine.failure.detail]];
    if (this.engine.phase !== 'ready') return [[msg('State'), this.engine.phase === 'idle' ? msg('Idle') : msg('Starting')]];
    const { backend, host, precisionBits, threads, simd, frameMs } = this.engine.report;
    return [
      [msg('Backend'), backend],
      [msg('Runs in'), host === 'worker' ? msg('its own worker') : msg('the page')],
      [msg('Precision'), `${precisionBits} bit`],
      [msg('Threads'), simd ? `${formatInteger(threads)} · SIMD` : formatInteger(threads)],
      [msg('Time for one frame'), formatMilliseconds(frameMs)],
    ];
  }

  #memoryFacts(): Fact[] {
    const { counts } = this;
    const facts: Fact[] = counts
      ? [
          [msg('Tensors'), formatInteger(counts.tensors)],
          [msg('Tensor memory'), formatBytes(counts.bytes)],
          [msg('Frames looked at'), formatInteger(counts.framesDone)],
        ]
      : [];
    facts.push([msg('Open frames'), formatInteger(this.session.openFrames)]);
    const { usage, quota } = this.usage ?? {};
    if (usage !== undefined && quota !== undefined) facts.push([msg('Free storage'), formatBytes(Math.max(0, quota - usage))]);
    if (this.isLasting !== null) facts.push([msg('Kept by the browser'), this.isLasting ? msg('until you remove it') : msg('until it needs the room')]);
    return facts;
  }

  #versionFacts(): Fact[] {
    const models = [...shippedModels, ...shippedPointsModels, ...shippedVectorModels].map(({ card }): Fact => [card.title, `${card.source.package} ${card.source.version}`]);
    return [[msg('App'), this.#versionText()], ...models];
  }

  #versionText(): string {
    if (this.updates.state === 'rolled-back') return msg('A new version failed here; the one before goes on');
    return this.updates.state === 'waiting' ? msg('A new version is ready') : msg('Up to date as far as known');
  }

  async #read(): Promise<void> {
    this.engine = this.pipeline.state;
    this.counts = await this.pipeline.counts();
    this.usage = await storageEstimate();
    this.isLasting = await isLasting();
    this.requestUpdate();
  }
}

function lastFrameFacts(result: FrameResult | null, rates: StreamRates | null): Fact[] {
  if (!result) return [[msg('State'), msg('None yet')]];
  const facts: Fact[] = [
    [msg('Number'), formatInteger(result.frameId)],
    [msg('Picture size'), `${result.size.width}×${result.size.height}`],
    [msg('Time'), formatMilliseconds(result.timings.totalMs)],
    [msg('Dropped so far'), formatInteger(result.dropped)],
    [msg('Refused outputs'), formatInteger(result.faults.length)],
  ];
  if (rates) facts.push([msg('Detected per second'), formatRate(rates.inferenceFps)]);
  return facts;
}

/** Of one task: how long its last run took, in which size, and how often it runs. */
function taskFact({ task, timings, inputSize }: TaskRun, rates: StreamRates | null): Fact {
  const totalMs = timings.preprocessMs + timings.modelMs + timings.postprocessMs;
  const values = [formatMilliseconds(totalMs), `${inputSize.width}×${inputSize.height}`];
  const perSecond = rates?.taskFps[task];
  if (perSecond !== undefined) values.push(msg(str`${formatRate(perSecond)}/s`));
  return [taskName(task), values.join(' · ')];
}

function section(title: string, facts: readonly Fact[]): TemplateResult {
  return html`<h2>${title}</h2>
    <dl class="card">
      ${facts.map(([name, value]) => html`<div class="row"><dt>${name}</dt><dd class="value">${value}</dd></div>`)}
    </dl>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-health': LintelHealth;
  }
}
