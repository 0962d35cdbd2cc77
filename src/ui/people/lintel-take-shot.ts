import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { systemCalendar } from '../../base/index.ts';
import { controls } from '../styles/controls.ts';
import type { FaceLook } from './face-look.ts';
import type { FaceShot } from './face-shot.ts';
import { guideText, photoText } from './guide-texts.ts';
import './lintel-face-chip.ts';
import './lintel-face-view.ts';
import { peopleStyles } from './people-styles.ts';
import { ShotGuide } from './shot-guide.ts';
import type { GuideState, Look } from './shot-guide.ts';

/**
 * Takes one good shot of a face: guides until the gate has passed for some looks in a row, takes it by itself, and asks
 * whether it is to be kept.
 *
 * @fires shot-kept - FaceShot
 */
@localized()
@customElement('lintel-take-shot')
export class LintelTakeShot extends LitElement {
  static override styles = [
    controls,
    peopleStyles,
    css`
      :host {
        display: block;
      }
      .review {
        display: grid;
        justify-items: center;
        gap: var(--gap-4);
        padding-block: var(--gap-4);
        text-align: center;
      }
      .review lintel-face-chip {
        inline-size: min(260px, 70vw);
      }
      .review h2 {
        margin: 0;
        color: var(--text-1);
        font-size: 1.25rem;
      }
      .review .actions {
        inline-size: 100%;
        max-inline-size: 420px;
      }
    `,
  ];

  @property() look: Look = 'front';
  @state() private guide: GuideState | null = null;
  /** What is wrong with a photo that was given. */
  @state() private photoFault: string | null = null;
  @state() private taken: FaceShot | null = null;
  @query('.review h2') private readonly question!: HTMLElement | null;
  #guide = new ShotGuide('front');

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('look')) this.#begin();
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('taken') && this.taken) this.question?.focus();
  }

  override render(): TemplateResult {
    const { guide, taken } = this;
    return html`<lintel-face-view
        .line=${this.photoFault ?? guideText(guide?.instruction ?? 'no-face')}
        .good=${guide?.instruction === 'ok' && this.photoFault === null}
        .progress=${guide?.progress ?? 0}
        .paused=${taken !== null}
        @face-look=${this.#seen}
        @source-change=${this.#changed}
      ></lintel-face-view>
      ${taken ? this.#review(taken) : nothing}`;
  }

  #review(taken: FaceShot): TemplateResult {
    return html`<div class="review">
      <h2 tabindex="-1">${msg('Is this shot good?')}</h2>
      <lintel-face-chip .chip=${taken.chip} .label=${msg('The face as it was taken')}></lintel-face-chip>
      <p class="lead">${msg('Eyes, nose and mouth should be clear and lit evenly.')}</p>
      <div class="actions">
        <button class="button" @click=${() => this.#begin()}>${msg('Take it again')}</button>
        <button class="button primary" @click=${() => this.#keep(taken)}>${msg('Keep it')}</button>
      </div>
    </div>`;
  }

  readonly #seen = ({ detail: look }: CustomEvent<FaceLook>): void => {
    if (this.taken) return;
    if (look.isStill) this.#judgePhoto(look);
    else {
      this.photoFault = null;
      this.guide = look.faces === 0 ? this.#lost(look) : this.#guide.see(look);
      if (this.guide.ready) this.#take(look);
    }
  };

  readonly #changed = (): void => {
    this.#guide.reset();
    this.guide = null;
    this.photoFault = null;
  };

  #lost(look: FaceLook): GuideState {
    this.#guide.reset();
    return { instruction: look.verdict.instruction, progress: 0, ready: false };
  }

  /** A photo is as it is: good, or not. */
  #judgePhoto(look: FaceLook): void {
    if (look.verdict.instruction === 'ok') this.#take(look);
    else this.photoFault = photoText(look.verdict.instruction);
  }

  #take({ descriptor, verdict, chip }: FaceLook): void {
    if (!descriptor) return;
    // What comes with a frame is the engine's to use again: a shot has numbers of its own.
    const values = Float32Array.from(descriptor.values);
    this.taken = { template: { modelId: descriptor.modelId, values, quality: verdict.quality, takenAtMs: systemCalendar.epochMs() }, chip };
  }

  #keep(taken: FaceShot): void {
    this.dispatchEvent(new CustomEvent<FaceShot>('shot-kept', { detail: taken }));
  }

  #begin(): void {
    this.#guide = new ShotGuide(this.look);
    this.guide = null;
    this.photoFault = null;
    this.taken = null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-take-shot': LintelTakeShot;
  }
}
