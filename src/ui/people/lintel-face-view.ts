import { consume } from '@lit/context';
import { localized, msg } from '@lit/localize';
import { LitElement, html, nothing, svg } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { faceCameraContext } from '../contexts.ts';
import { currentLocale } from '../i18n/localization.ts';
import { failureText } from '../i18n/failure-texts.ts';
import { browserKind, unblockSteps } from '../i18n/unblock-camera.ts';
import { cameraIcon, flipIcon, pictureIcon, warningIcon } from '../icons/icons.ts';
import type { LiveFailure, LiveState } from '../live/live-state.ts';
import { progressText } from '../live/progress-text.ts';
import { WakeLock } from '../live/wake-lock.ts';
import { controls } from '../styles/controls.ts';
import type { FaceCamera } from './face-camera.ts';
import type { FaceLook } from './face-look.ts';
import { faceLookOf } from './face-look.ts';
import { faceViewStyles } from './face-view-styles.ts';

/**
 * The camera's picture behind an oval, with one line that says what to do. The camera runs as long as the element is on
 * the page. Where there is no camera, a photo does.
 *
 * @fires face-look - FaceLook: what a new frame says
 * @fires source-change - another picture: what was seen before counts for nothing
 */
@localized()
@customElement('lintel-face-view')
export class LintelFaceView extends LitElement {
  static override styles = [controls, faceViewStyles];

  @consume({ context: faceCameraContext })
  @property({ attribute: false })
  camera!: FaceCamera;

  /** The one thing to do now; empty shows none. */
  @property() line = '';
  /** The line is good news. */
  @property({ type: Boolean }) good = false;
  /** 0..1 of the way round the oval. */
  @property({ type: Number }) progress = 0;
  /** Nothing is looked at, and the last picture does not show. */
  @property({ type: Boolean, reflect: true }) paused = false;
  @state() private live: LiveState | null = null;
  @state() private notice: LiveFailure | null = null;
  @query('input[type=file]') private readonly picker!: HTMLInputElement;

  #leave: (() => void) | null = null;
  readonly #wakeLock = new WakeLock(() => undefined);

  override connectedCallback(): void {
    super.connectedCallback();
    const { session } = this.camera;
    this.live = session.state;
    this.#leave = session.subscribe({
      onState: (live) => (this.live = live),
      onNotice: (notice) => (this.notice = notice),
      onResult: (result) => {
        if (!result) this.dispatchEvent(new CustomEvent('source-change'));
        else if (!this.paused) this.dispatchEvent(new CustomEvent<FaceLook>('face-look', { detail: faceLookOf(result, session.state.phase === 'photo') }));
      },
    });
    this.#wakeLock.want(true);
    void this.camera.start();
  }

  override disconnectedCallback(): void {
    this.#leave?.();
    this.#wakeLock.want(false);
    this.camera.stop();
    super.disconnectedCallback();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('paused')) this.camera.session.setPaused(this.paused);
    if (changed.has('line') && this.line !== '' && !this.paused) this.#say();
  }

  override render(): TemplateResult | typeof nothing {
    const { live } = this;
    if (!live) return nothing;
    return html`<div class="frame ${live.phase === 'photo' ? 'whole' : ''} ${live.mirrored ? 'mirrored' : ''}">
        <div class="picture">${this.camera.session.element}</div>
        ${this.#cover(live)}
      </div>
      <div class="tools">
        ${live.camera && live.lenses.length > 1
          ? html`<button class="button" @click=${() => void this.camera.session.flip()}>${flipIcon}${msg('Other camera')}</button>`
          : nothing}
        ${live.phase === 'photo' || live.phase === 'video'
          ? html`<button class="button" @click=${() => void this.camera.start()}>${cameraIcon}${msg('Use the camera')}</button>`
          : nothing}
        <button class="button" @click=${() => this.picker.click()}>${pictureIcon}${msg('Use a photo')}</button>
        ${this.#voiceSwitch()}
        <input type="file" accept="image/*" hidden tabindex="-1" aria-hidden="true" @change=${this.#picked} />
      </div>`;
  }

  /** What lies over the picture: the oval and its line, or why there is no picture yet. */
  #cover(live: LiveState): TemplateResult {
    const failure = live.phase === 'failed' ? live.failure : live.engine.phase === 'failed' ? live.engine.failure : null;
    if (failure) return this.#failed(failure);
    const waiting = waitingText(live);
    const line = waiting ?? this.line;
    return html`${live.phase === 'photo' ? nothing : oval(waiting ? 0 : this.progress, this.good && !waiting)}
      ${this.notice ? html`<p class="line bad" role="alert">${failureText(this.notice.code).title}</p>` : nothing}
      <p class="line ${this.good && !waiting ? 'good' : ''}" role="status">${line}</p>`;
  }

  #failed(failure: LiveFailure): TemplateResult {
    const { title, text } = failureText(failure.code);
    const standalone = matchMedia('(display-mode: standalone)').matches;
    const steps = failure.code === 'denied' ? unblockSteps(browserKind({ userAgent: navigator.userAgent, maxTouchPoints: navigator.maxTouchPoints, standalone })) : [];
    return html`<div class="failed" role="alert" data-code=${failure.code}>
      ${warningIcon}
      <h2>${title}</h2>
      <p>${text}</p>
      ${steps.length > 0 ? html`<ol>${steps.map((step) => html`<li>${step}</li>`)}</ol>` : nothing}
      <button class="button primary" @click=${this.#retry}>${msg('Try again')}</button>
    </div>`;
  }

  #voiceSwitch(): TemplateResult | typeof nothing {
    if (!this.camera.voice.speaks(currentLocale())) return nothing;
    return html`<label class="switch">
      <span>${msg('Say it aloud')}</span>
      <input type="checkbox" role="switch" aria-checked=${this.camera.speaks ? 'true' : 'false'} .checked=${this.camera.speaks} @change=${this.#voiceTurned} />
    </label>`;
  }

  #say(): void {
    if (this.camera.speaks) this.camera.voice.say(this.line, currentLocale());
  }

  readonly #voiceTurned = (event: Event): void => {
    this.camera.speaks = (event.target as HTMLInputElement).checked;
    if (!this.camera.speaks) this.camera.voice.stop();
    this.requestUpdate();
  };

  readonly #retry = (): void => {
    if (this.live?.phase === 'failed') void this.camera.start();
    else void this.camera.session.retryEngine();
  };

  readonly #picked = (): void => {
    const [file] = this.picker.files ?? [];
    this.picker.value = '';
    this.notice = null;
    if (file) void this.camera.openFile(file);
  };
}

/** Why nothing can be said of the face yet; null where it can. */
function waitingText({ phase, engine, preparing }: LiveState): string | null {
  if (phase === 'asking') return msg('Allow the camera in the question of your browser');
  if (phase === 'idle' || phase === 'starting-camera' || phase === 'opening') return msg('Starting the camera…');
  if (phase === 'interrupted') return msg('The camera picture is gone. Getting it back…');
  if (engine.phase === 'starting') return progressText(engine.progress.stage);
  return engine.phase === 'idle' || preparing.length > 0 ? msg('Loading the models…') : null;
}

/** A dark field with an opening for a face, and a ring that closes as good looks come in a row. */
function oval(progress: number, good: boolean): TemplateResult {
  // From the top, clockwise.
  const round = 'M150 50a96 128 0 0 1 0 256a96 128 0 0 1 0-256';
  const ring = svg`<path class="ring" d=${round} /><path class="done ${good ? 'good' : ''}" d=${round} pathLength="1" stroke-dasharray="${progress} 1" />`;
  return html`<svg class="oval" viewBox="0 0 300 400" preserveAspectRatio="xMidYMid meet" aria-hidden="true" focusable="false">
    <path class="veil" fill-rule="evenodd" d="M-600-600H900V1000H-600zM54 178a96 128 0 1 0 192 0a96 128 0 1 0-192 0z" />
    ${ring}
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-face-view': LintelFaceView;
  }
}
