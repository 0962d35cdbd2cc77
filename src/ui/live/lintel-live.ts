import { consume } from '@lit/context';
import { localized, msg } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { systemClock } from '../../base/index.ts';
import type { FrameResult, StreamRates } from '../../pipeline/index.ts';
import type { Settings } from '../../store/index.ts';
import { sessionContext, settingsContext } from '../contexts.ts';
import { gearIcon } from '../icons/icons.ts';
import type { SettingsModel } from '../settings-model.ts';
import { controls } from '../styles/controls.ts';
import type { ClassCount } from './count-classes.ts';
import { countClasses, countsKey } from './count-classes.ts';
import { DarknessWatch } from './darkness-watch.ts';
import { describeCounts } from './describe-counts.ts';
import { CalmFacts, noFacts } from './facts/calm-facts.ts';
import type { SeenFacts } from './facts/calm-facts.ts';
import { filesOf } from './files-of.ts';
import './lintel-camera-tools.ts';
import type { ControlAction, LintelControlBar } from './lintel-control-bar.ts';
import './lintel-control-bar.ts';
import './lintel-counts.ts';
import type { DetectionOptions } from './lintel-detection-panel.ts';
import './lintel-message.ts';
import './lintel-notices.ts';
import './lintel-side-panel.ts';
import './lintel-snapshot.ts';
import type { LintelStage, StageInsets } from './lintel-stage.ts';
import './lintel-stage.ts';
import './lintel-status-line.ts';
import './lintel-welcome.ts';
import type { LiveSession } from './live-session.ts';
import type { LastLook, LiveFailure, LiveState } from './live-state.ts';
import { idleState } from './live-state.ts';
import { liveStyles } from './live-styles.ts';
import type { Snapshot } from './snapshot.ts';
import { SpokenSummary } from './spoken-summary.ts';
import { glassControls } from './stage-styles.ts';
import { progressText } from './progress-text.ts';
import { WakeLock } from './wake-lock.ts';

/** The status line changes at most this often. */
const statusEveryMs = 500;

/**
 * The live view: welcome, picture with boxes, controls. A page that embeds it provides a live session and settings by
 * their contexts.
 *
 * @fires frame-result - bubbling, composed; detail: FrameResult, for every frame that was looked at
 */
@localized()
@customElement('lintel-live')
export class LintelLive extends LitElement {
  static override styles = [controls, glassControls, liveStyles];

  @consume({ context: sessionContext })
  @property({ attribute: false })
  session!: LiveSession;

  @consume({ context: settingsContext })
  @property({ attribute: false })
  settings!: SettingsModel;

  @state() private live: LiveState = idleState;
  @state() private chosen: Settings | null = null;
  @state() private facts: SeenFacts = noFacts;
  @state() private counts: readonly ClassCount[] = [];
  @state() private statusOf: LastLook | null = null;
  @state() private panelOpen = false;
  @state() private notice: LiveFailure | null = null;
  @state() private snapshot: Snapshot | null = null;
  @state() private insets: StageInsets = { top: 0, right: 0, bottom: 0, left: 0 };
  @state() private spoken = '';
  @state() private dragging = false;
  @state() private mayDarken = false;
  @state() private dark = false;
  @state() private refused = 0;

  @query('lintel-stage') private readonly stage!: LintelStage | null;
  @query('lintel-control-bar') private readonly bar!: LintelControlBar | null;
  @query('#picker') private readonly picker!: HTMLInputElement;

  #leave: (() => void)[] = [];
  #statusAtMs = -Infinity;
  readonly #calmFacts = new CalmFacts();
  #summary = new SpokenSummary();
  readonly #wakeLock = new WakeLock((refused) => {
    this.mayDarken = refused;
  });
  readonly #darknessWatch = new DarknessWatch((dark) => {
    this.dark = dark;
  });
  readonly #insetsObserver = new ResizeObserver(() => this.#measureInsets());

  override connectedCallback(): void {
    super.connectedCallback();
    this.live = this.session.state;
    this.chosen = this.settings.value;
    this.#leave = [
      this.session.subscribe({
        onState: (live) => {
          this.live = live;
        },
        onResult: (result, rates) => this.#onResult(result, rates),
        onNotice: (failure) => {
          this.notice = failure;
        },
      }),
      this.settings.subscribe((chosen) => {
        this.chosen = chosen;
      }),
    ];
    document.addEventListener('paste', this.#pasted);
    this.session.setShown(true);
  }

  override disconnectedCallback(): void {
    for (const leave of this.#leave.splice(0)) leave();
    document.removeEventListener('paste', this.#pasted);
    this.#insetsObserver.disconnect();
    this.#wakeLock.want(false);
    this.#darknessWatch.look(null);
    this.session.setShown(false);
    super.disconnectedCallback();
  }

  override firstUpdated(): void {
    this.#onResult(this.session.result, null);
  }

  override updated(changed: PropertyValues): void {
    const { phase, paused } = this.live;
    const { element } = this.session;
    this.#wakeLock.want((phase === 'live' || phase === 'video') && !paused);
    this.#darknessWatch.look(phase === 'live' && !paused && element instanceof HTMLVideoElement ? element : null);
    if (changed.has('live')) {
      this.#insetsObserver.disconnect();
      for (const part of this.renderRoot.querySelectorAll('.top, .dock')) this.#insetsObserver.observe(part);
    }
  }

  override render(): TemplateResult {
    return html`
      <div
        class="frame ${this.#hasPicture() ? 'with-picture' : ''}"
        @dragover=${this.#dragged}
        @dragleave=${() => (this.dragging = false)}
        @drop=${this.#dropped}
        @keydown=${this.#keyPressed}
      >
        ${this.#content()}
        ${this.dragging ? html`<div class="drop-here" aria-hidden="true"><p>${msg('Drop a photo or video')}</p></div>` : nothing}
        <lintel-notices
          .failure=${this.notice}
          .engine=${this.live.engine}
          .interruption=${this.live.phase === 'interrupted' ? this.live.failure : null}
          .dark=${this.dark}
          .canLight=${this.live.camera?.controls.torch === true && !this.live.camera.torchOn}
          .refused=${this.refused}
          @notice-close=${() => (this.notice = null)}
          @engine-retry=${() => void this.session.retryEngine()}
          @torch-on=${() => void this.session.setTorch(true)}
        ></lintel-notices>
      </div>
      <input id="picker" type="file" accept="image/*,video/*" hidden tabindex="-1" aria-hidden="true" @change=${this.#picked} />
      <lintel-snapshot .snapshot=${this.snapshot} @snapshot-close=${() => (this.snapshot = null)}></lintel-snapshot>
      <div class="visually-hidden" role="status" aria-live="polite">${this.spoken}</div>
    `;
  }

  #hasPicture(): boolean {
    return ['starting-camera', 'live', 'photo', 'video', 'interrupted'].includes(this.live.phase);
  }

  #content(): TemplateResult {
    const { phase, failure } = this.live;
    if (phase === 'idle')
      return html`<lintel-welcome @camera-start=${this.#startCamera} @files-picked=${(event: CustomEvent<File[]>) => this.#open(event.detail)}></lintel-welcome>`;
    if (phase === 'failed')
      return html`<lintel-message .failure=${failure} @retry=${this.#startCamera} @files-choose=${() => this.picker.click()}></lintel-message>`;
    if (phase === 'asking' || phase === 'opening') return this.#waiting();
    return this.#picture();
  }

  #waiting(): TemplateResult {
    const asking = this.live.phase === 'asking';
    return html`<div class="waiting" role="status">
      <span class="pulse" aria-hidden="true"></span>
      <p>${asking ? msg('Asking permission…') : msg('Opening the file…')}</p>
      ${asking ? html`<p class="hint">${msg('Answer your browser’s question to go on.')}</p>` : nothing}
      <button class="button" @click=${() => this.session.stop()}>${msg('Cancel')}</button>
    </div>`;
  }

  #picture(): TemplateResult {
    const { live } = this;
    return html`
      <h1 class="visually-hidden" tabindex="-1">${msg('Live')}</h1>
      <section class="stage" aria-label=${msg('Picture')}>
        <lintel-stage
          .picture=${this.session.element}
          .frameSize=${live.frameSize}
          .mirrored=${live.mirrored}
          .faceBoxes=${this.chosen?.tasks.includes('faces') ?? true}
          .insets=${this.insets}
        ></lintel-stage>
        <div class="top">
          <div class="status">
            <lintel-status-line ?hidden=${!this.statusOf} .look=${this.statusOf} .notes=${this.#notes()}></lintel-status-line>
            ${this.#progress()}
          </div>
          <a class="round" href="/settings" aria-label=${msg('Settings')} title=${msg('Settings')}>${gearIcon}</a>
        </div>
        <div class="dock">
          <lintel-counts .counts=${this.counts}></lintel-counts>
          <lintel-camera-tools
            .camera=${live.camera}
            .lenses=${live.lenses}
            @torch-change=${(event: CustomEvent<boolean>) => void this.session.setTorch(event.detail)}
            @zoom-change=${(event: CustomEvent<number>) => void this.session.setZoom(event.detail)}
            @lens-change=${(event: CustomEvent<string>) => void this.session.chooseLens(event.detail)}
          ></lintel-camera-tools>
          <lintel-control-bar
            .canSnapshot=${live.engine.phase === 'ready' && live.frameSize !== null && live.phase !== 'interrupted'}
            .canPause=${live.phase === 'live' || live.phase === 'video'}
            .canFlip=${live.camera !== null && live.lenses.length > 1}
            .paused=${live.paused}
            .panelOpen=${this.panelOpen}
            @control-action=${(event: CustomEvent<ControlAction>) => this.#act(event.detail)}
            @files-picked=${(event: CustomEvent<File[]>) => this.#open(event.detail)}
          ></lintel-control-bar>
        </div>
      </section>
      <aside class="panel ${this.panelOpen ? 'open' : ''}" aria-label=${msg('Detection options')}>
        <lintel-side-panel
          .options=${this.#options()}
          .preparing=${live.preparing}
          .camera=${live.camera !== null && live.camera.facing !== 'environment'}
          .stopName=${this.#stopName()}
          .facts=${this.facts}
          @options-change=${(event: CustomEvent<DetectionOptions>) => this.#change(event.detail)}
          @panel-close=${this.#closePanel}
          @source-stop=${() => this.#stop()}
        ></lintel-side-panel>
      </aside>
    `;
  }

  /** While the engine warms up the picture already runs; a line says how far it is. */
  #progress(): TemplateResult | typeof nothing {
    const { engine, phase } = this.live;
    if (phase === 'starting-camera') return html`<p class="loading" role="status">${msg('Starting the camera…')}</p>`;
    if (engine.phase !== 'starting') return nothing;
    const { stage, fraction } = engine.progress;
    return html`<div class="loading">
      <span id="stage-text">${progressText(stage)}</span>
      <progress max="1" .value=${fraction} aria-labelledby="stage-text"></progress>
    </div>`;
  }

  #notes(): string[] {
    const notes = [];
    if (this.live.paused) notes.push(msg('Paused'));
    if (this.mayDarken) notes.push(msg('Screen may turn off'));
    if (this.session.isShortOfMemory) notes.push(msg('Little memory: smaller input'));
    return notes;
  }

  #stopName(): string | null {
    if (this.live.phase === 'photo') return msg('Close the photo');
    return this.live.phase === 'video' ? msg('Close the video') : msg('Turn the camera off');
  }

  #options(): DetectionOptions | null {
    const { chosen } = this;
    return chosen && { tasks: chosen.tasks, minScore: chosen.minScore, mirror: chosen.mirrorFront, spokenSummary: chosen.spokenSummary };
  }

  #change({ tasks, minScore, mirror, spokenSummary }: DetectionOptions): void {
    this.settings.change({ tasks, minScore, mirrorFront: mirror, spokenSummary });
  }

  readonly #startCamera = (): void => void this.session.startCamera();

  #act(action: ControlAction): void {
    if (action === 'flip') void this.session.flip();
    else if (action === 'pause') this.session.setPaused(!this.live.paused);
    else if (action === 'close') this.#stop();
    else if (action === 'panel') this.panelOpen = !this.panelOpen;
    else void this.#takeSnapshot();
  }

  async #takeSnapshot(): Promise<void> {
    const taken = await this.session.snapshot();
    if (!this.isConnected) return;
    if (taken.ok) this.snapshot = taken.value;
    else this.notice = taken.failure;
  }

  #stop(): void {
    this.panelOpen = false;
    this.session.stop();
  }

  readonly #closePanel = (): void => {
    this.panelOpen = false;
    this.bar?.focusOptions();
  };

  #onResult(result: FrameResult | null, rates: StreamRates | null): void {
    this.stage?.show(result);
    const counts = result ? countClasses(result) : [];
    if (countsKey(counts) !== countsKey(this.counts)) this.counts = counts;
    const nowMs = systemClock.nowMs();
    if (!result || !rates || nowMs - this.#statusAtMs >= statusEveryMs) {
      this.#statusAtMs = nowMs;
      this.statusOf = result && this.session.last;
    }
    this.facts = this.#calmFacts.after(result);
    if (!result) return;
    if (result.faults.length > 0) this.refused += result.faults.length;
    if (this.chosen?.spokenSummary) this.spoken = this.#summary.offer(describeCounts(counts), nowMs) ?? this.spoken;
    this.dispatchEvent(new CustomEvent<FrameResult>('frame-result', { detail: result, bubbles: true, composed: true }));
  }

  #measureInsets(): void {
    const stage = this.stage?.getBoundingClientRect();
    const top = this.renderRoot.querySelector('.top')?.getBoundingClientRect();
    const dock = this.renderRoot.querySelector('.dock')?.getBoundingClientRect();
    if (!stage || !top || !dock) return;
    this.style.setProperty('--below-status', `${top.bottom - stage.top}px`);
    const dockAtSide = dock.height > stage.height * 0.8;
    this.insets = {
      top: top.bottom - stage.top,
      left: 0,
      right: dockAtSide ? stage.right - dock.left : 0,
      bottom: dockAtSide ? 0 : stage.bottom - dock.top,
    };
  }

  #open(files: readonly File[]): void {
    const [file] = files;
    if (!file) return;
    this.notice = null;
    void this.session.openFile(file);
  }

  readonly #picked = (): void => {
    const files = [...(this.picker.files ?? [])];
    this.picker.value = '';
    this.#open(files);
  };

  readonly #pasted = (event: ClipboardEvent): void => {
    const files = filesOf(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    this.#open(files);
  };

  readonly #dragged = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.dragging = true;
  };

  readonly #dropped = (event: DragEvent): void => {
    event.preventDefault();
    this.dragging = false;
    this.#open(filesOf(event.dataTransfer));
  };

  readonly #keyPressed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.panelOpen) this.#closePanel();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-live': LintelLive;
  }
  interface HTMLElementEventMap {
    'frame-result': CustomEvent<FrameResult>;
  }
}
