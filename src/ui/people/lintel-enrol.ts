import { consume } from '@lit/context';
import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { systemCalendar } from '../../base/index.ts';
import type { Person, Photo, ReEnrolment, Vault } from '../../store/index.ts';
import { dayMs, defaultRetentionDays, personLimits } from '../../store/index.ts';
import { descriptorModelsContext, vaultContext } from '../contexts.ts';
import { backIcon, warningIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { field } from '../styles/field.ts';
import { page } from '../styles/page.ts';
import { pagePart } from '../styles/page-part.ts';
import { consentVersion } from './consent-text.ts';
import type { DescriptorModels } from './descriptor-model.ts';
import type { FaceShot } from './face-shot.ts';
import { photoOf } from './face-shot.ts';
import { lookName } from './guide-texts.ts';
import type { JudgedShots } from './judged-shots.ts';
import { judgeShots } from './judged-shots.ts';
import type { ConsentAnswer } from './lintel-consent.ts';
import './lintel-consent.ts';
import './lintel-face-chip.ts';
import './lintel-take-shot.ts';
import { openPerson } from './people-events.ts';
import { peopleStyles } from './people-styles.ts';
import { problem } from './problem.ts';
import { strangersText } from './rate-text.ts';
import type { Look } from './shot-guide.ts';
import type { PeopleFailure } from './vault-texts.ts';

type Step = 'consent' | 'name' | 'camera' | 'save';

const looks: readonly Look[] = ['front', 'left', 'right'];

/**
 * Enrols a person, or one again: consent, name, one good shot, further looks where wanted, and then only it is stored.
 *
 * @fires person-open - the person's page, once they are kept
 */
@localized()
@customElement('lintel-enrol')
export class LintelEnrol extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    field,
    peopleStyles,
    css`
      .shot {
        display: grid;
        gap: 6px;
        justify-items: center;
        font-size: 0.9375rem;
      }
      .steps {
        margin-block-end: var(--gap-3);
        color: var(--text-2);
        font-size: 0.9375rem;
      }
      h1 {
        margin-block-end: var(--gap-2);
      }
      fieldset {
        display: grid;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0;
        font-weight: 600;
      }
      .tick input[type='radio'] {
        inline-size: 24px;
        block-size: 24px;
      }
    `,
  ];

  @consume({ context: vaultContext })
  @property({ attribute: false })
  vault!: Vault;

  @consume({ context: descriptorModelsContext })
  @property({ attribute: false })
  models!: DescriptorModels;

  /** Who is enrolled again; null for someone new. */
  @property({ attribute: false }) person: Person | null = null;
  @state() private step: Step = 'consent';
  @state() private answer: ConsentAnswer | null = null;
  @state() private name = '';
  @state() private look: Look = 'front';
  @state() private shots: ReadonlyMap<Look, FaceShot> = new Map();
  @state() private judged: JudgedShots | null = null;
  @state() private mode: ReEnrolment['mode'] = 'add';
  @state() private failure: PeopleFailure | null = null;
  @state() private saving = false;
  @query('h1') private readonly heading!: HTMLElement | null;
  readonly #retainUntilMs = systemCalendar.epochMs() + defaultRetentionDays * dayMs;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.person?.consent.version === consentVersion) this.step = 'camera';
  }

  override updated(changed: PropertyValues): void {
    if (changed.get('step') !== undefined) this.heading?.focus();
  }

  override render(): TemplateResult {
    return html`<a class="button back" href="/people">${backIcon}${msg('People')}</a>
      <h1 tabindex="-1">${this.#title()}</h1>
      ${this.#step()}`;
  }

  #title(): string {
    if (this.step === 'consent') return msg('Your consent comes first');
    if (this.person) return msg(str`Enrol ${this.person.name} again`);
    if (this.step === 'name') return msg('What is your name?');
    return this.step === 'camera' ? lookName(this.look) : msg('Ready to keep');
  }

  #step(): TemplateResult {
    switch (this.step) {
      case 'consent':
        return html`<lintel-consent
          .retainUntilMs=${this.person?.retainUntilMs ?? this.#retainUntilMs}
          .withPhoto=${(this.person?.holds.photos ?? 0) > 0}
          @consent-given=${this.#consented}
        ></lintel-consent>`;
      case 'name':
        return html`<form @submit=${this.#named}>
          <label class="labelled">
            <span>${msg('Name')}</span>
            <input class="field" name="name" required maxlength=${personLimits.nameChars} autocomplete="off" autocapitalize="words" .value=${live(this.name)} @input=${this.#typed} />
          </label>
          <p class="lead">${msg('Next, the camera looks at your face. Take off sunglasses, a hat or a mask, and turn to the light.')}</p>
          <div class="actions"><button class="button primary">${msg('Start the camera')}</button></div>
        </form>`;
      case 'camera':
        return html`<lintel-take-shot .look=${this.look} @shot-kept=${this.#kept}></lintel-take-shot>`;
      case 'save':
        return this.#summary();
    }
  }

  #summary(): TemplateResult {
    const { person, judged } = this;
    const missing = looks.filter((look) => !this.shots.has(look));
    return html`<div class="stack">
      <p class="lead">
        ${missing.length === 0
          ? msg('The face is known from three sides now.')
          : msg('One good shot is enough. Further looks make it surer, above all where the light changes.')}
      </p>
      <ul class="faces">
        ${[...this.shots].map(([look, { chip }]) => html`<li class="shot"><lintel-face-chip .chip=${chip} .label=${lookName(look)}></lintel-face-chip><span>${lookName(look)}</span></li>`)}
      </ul>
      ${missing.length > 0
        ? html`<div class="actions">${missing.map((look) => html`<button class="button" @click=${() => this.#lookFor(look)}>${lookName(look)}</button>`)}</div>`
        : nothing}
      ${judged ? this.#warnings(judged) : nothing}
      ${person ? this.#modes() : nothing}
      ${problem(this.failure)}
      <p class="lead">${this.#withPhoto ? msg('Kept: the numbers, encrypted, and one photo of each look.') : msg('Kept: the numbers, encrypted, and no photo.')}</p>
      <div class="actions">
        <button class="button primary" ?disabled=${this.saving || !judged} @click=${() => void this.#save()}>
          ${person || !this.name ? msg('Save') : msg(str`Save as ${this.name.trim()}`)}
        </button>
      </div>
    </div>`;
  }

  #warnings({ double, strangers, unlikeBefore }: JudgedShots): TemplateResult {
    return html`${double
      ? html`<div class="problem" role="alert" data-code="double">
          ${warningIcon}
          <div>
            <strong>${msg(str`This face seems to be ${double.name}, who is enrolled already`)}</strong>
            <p>${strangers && strangersText(strangers)} ${msg('Save only if these are two people: the door could mistake one for the other.')}</p>
            <button class="button" @click=${() => openPerson(this, double.id)}>${msg(str`Go to ${double.name}`)}</button>
          </div>
        </div>`
      : nothing}
    ${unlikeBefore
      ? html`<div class="problem" role="alert" data-code="unlike">
          ${warningIcon}
          <div>
            <strong>${msg('This does not look like the person who was enrolled before')}</strong>
            <p>${msg('Save only if you know that it is the same person.')}</p>
          </div>
        </div>`
      : nothing}`;
  }

  #modes(): TemplateResult {
    const choice = (mode: ReEnrolment['mode'], text: string): TemplateResult =>
      html`<label class="tick"><input type="radio" name="mode" .checked=${this.mode === mode} @change=${() => (this.mode = mode)} /><span>${text}</span></label>`;
    return html`<fieldset>
      <legend>${msg('The shots there are')}</legend>
      ${choice('add', msg('Keep them beside the new ones'))}${choice('replace', msg('Replace them with the new ones'))}
    </fieldset>`;
  }

  get #withPhoto(): boolean {
    return this.answer?.withPhoto ?? (this.person?.holds.photos ?? 0) > 0;
  }

  readonly #consented = ({ detail }: CustomEvent<ConsentAnswer>): void => {
    this.answer = detail;
    this.step = this.person ? 'camera' : 'name';
  };

  readonly #typed = (event: Event): void => {
    this.name = (event.target as HTMLInputElement).value;
  };

  readonly #named = (event: Event): void => {
    event.preventDefault();
    if (this.name.trim() !== '') this.step = 'camera';
  };

  #lookFor(look: Look): void {
    this.look = look;
    this.step = 'camera';
  }

  readonly #kept = ({ detail }: CustomEvent<FaceShot>): void => {
    this.shots = new Map([...this.shots, [this.look, detail]]);
    this.step = 'save';
    void this.#judge();
  };

  async #judge(): Promise<void> {
    this.judged = null;
    this.failure = null;
    const shots = [...this.shots.values()];
    const judged = await judgeShots(this.vault, this.models, shots, this.person?.id ?? null);
    if (judged.ok) this.judged = judged.value;
    else this.failure = judged.failure;
  }

  async #save(): Promise<void> {
    this.saving = true;
    this.failure = null;
    const shots = [...this.shots.values()];
    const templates = shots.map(({ template }) => template);
    const photos = this.#withPhoto ? (await Promise.all(shots.map(photoOf))).filter((photo): photo is Photo => photo !== null) : [];
    const consent = this.answer?.consent;
    const saved = this.person
      ? await this.vault.reEnrol(this.person.id, { mode: this.mode, templates, ...(consent && { consent }), ...(this.#withPhoto && { photos }) })
      : consent
        ? await this.vault.add({ name: this.name, consent, templates, photos, retainUntilMs: this.#retainUntilMs })
        : null;
    this.saving = false;
    if (saved?.ok) openPerson(this, saved.value.id, msg(str`${saved.value.name} is kept.`));
    else if (saved) this.failure = saved.failure;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-enrol': LintelEnrol;
  }
}
