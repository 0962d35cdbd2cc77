import { consume } from '@lit/context';
import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Descriptor } from '../../faces/index.ts';
import { usualDescriptorId } from '../../runtime/index.ts';
import type { Gallery, Person, Vault } from '../../store/index.ts';
import { descriptorModelsContext, vaultContext } from '../contexts.ts';
import { formatInteger } from '../i18n/format.ts';
import { backIcon, cameraIcon, checkIcon, infoIcon, warningIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import { pagePart } from '../styles/page-part.ts';
import type { DescriptorModels } from './descriptor-model.ts';
import { DoorTrial } from './door-trial.ts';
import type { TrialVerdict } from './door-trial.ts';
import { FaceJudge } from './face-judge.ts';
import type { JudgeFailure, JudgeLimit } from './face-judge.ts';
import type { FaceLook } from './face-look.ts';
import { guideText, photoText } from './guide-texts.ts';
import './lintel-face-view.ts';
import './lintel-not-them.ts';
import type { NotThem } from './lintel-not-them.ts';
import { peopleStyles } from './people-styles.ts';
import { problem } from './problem.ts';
import { oneOf } from './rate-text.ts';
import { targetRates, usualTarget } from './target-rates.ts';
import { testMeStyles } from './test-me-styles.ts';
import type { PeopleFailure } from './vault-texts.ts';
import { VaultWork } from './vault-work.ts';
import { verdictText } from './verdict-texts.ts';

/** Shows what the door would say of whoever stands before the camera, and lets a mistake of it be noted. */
@localized()
@customElement('lintel-test-me')
export class LintelTestMe extends LitElement {
  static override styles = [controls, page, pagePart, peopleStyles, testMeStyles];

  @consume({ context: vaultContext })
  @property({ attribute: false })
  vault!: Vault;

  @consume({ context: descriptorModelsContext })
  @property({ attribute: false })
  models!: DescriptorModels;

  /** Share of strangers that the door of this device lets pass; null where none was set up. */
  @property({ attribute: false }) doorRate: () => Promise<number | null> = () => Promise.resolve(null);
  @state() private running = false;
  @state() private target: number = usualTarget;
  @state() private ofDoor: number | null = null;
  @state() private gallery: Gallery | null = null;
  @state() private line = '';
  @state() private verdict: TrialVerdict | null = null;
  @state() private failure: JudgeFailure | null = null;
  /** How near is near enough at the chosen setting, and where that is from. */
  @state() private limit: JudgeLimit | null = null;
  /** The face that was taken for somebody it is not. */
  @state() private mistaken: { readonly person: Person; readonly descriptor: Descriptor } | null = null;
  @state() private said: string | null = null;
  readonly #work = new VaultWork(this);
  #trial: DoorTrial | null = null;
  #newest: Descriptor | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#readRate();
    void this.#read();
  }

  override render(): TemplateResult {
    const isEmpty = this.gallery?.personOf.length === 0;
    return html`<a class="button back" href="/people">${backIcon}${msg('People')}</a>
      <h1 tabindex="-1">${msg('Test me')}</h1>
      <div class="stack">
        ${problem(this.#failure)}
        ${isEmpty ? html`<p class="lead">${msg('Nobody is enrolled yet, so the door would recognise nobody.')}</p>` : this.running ? this.#test() : this.#intro()}
        ${isEmpty ? html`<div class="actions"><a class="button primary" href="/people/enrol">${msg('Enrol someone')}</a></div>` : this.#setting()}
      </div>`;
  }

  get #failure(): PeopleFailure | null {
    return this.#work.failure ?? this.failure;
  }

  #intro(): TemplateResult {
    return html`<p class="lead">${msg('Stand where people will stand, in the light that is there, and see what the door would say. Nothing is stored.')}</p>
      <div class="actions"><button class="button primary" ?disabled=${!this.limit} @click=${() => (this.running = true)}>${cameraIcon}${msg('Start the camera')}</button></div>`;
  }

  #test(): TemplateResult {
    const { mistaken, verdict } = this;
    return html`<lintel-face-view
        .line=${this.line}
        .good=${verdict?.state === 'granted'}
        .progress=${verdict?.state === 'granted' ? 1 : 0}
        .paused=${mistaken !== null}
        @face-look=${this.#seen}
        @source-change=${this.#changed}
      ></lintel-face-view>
      ${mistaken
        ? html`<lintel-not-them .person=${mistaken.person} .descriptor=${mistaken.descriptor} @mistake-noted=${this.#noted} @mistake-dropped=${() => (this.mistaken = null)}></lintel-not-them>`
        : html`<div class="verdict" role="status">${verdict ? this.#verdict(verdict) : html`<p class="lead">${msg('Nobody is judged yet.')}</p>`}</div>`}
      <p class="badge good said" role="status">${this.said === null ? nothing : html`${checkIcon}<span>${this.said}</span>`}</p>`;
  }

  #verdict(verdict: TrialVerdict): TemplateResult {
    const { kind, title, text } = verdictText(verdict);
    const { person } = verdict.judgement;
    const canDeny = person !== null && (verdict.judgement.kind === 'recognised' || verdict.judgement.kind === 'ambiguous');
    return html`<div class="card padded outcome ${kind}" data-kind=${kind}>
      ${kind === 'known' ? checkIcon : kind === 'doubt' ? infoIcon : warningIcon}
      <div>
        <strong>${title}</strong>
        <p>${text}</p>
        ${canDeny ? html`<button class="button" @click=${() => this.#deny(person)}>${msg(str`This is not ${person.name}`)}</button>` : nothing}
      </div>
    </div>`;
  }

  #setting(): TemplateResult {
    const rates = this.ofDoor === null || targetRates.some((rate) => rate === this.ofDoor) ? [...targetRates] : [...targetRates, this.ofDoor].sort((a, b) => b - a);
    return html`<div class="card">
      <label class="row">
        <span class="text"><span class="name">${msg('Strangers that may pass')}</span><span class="hint">${this.#basis()}</span></span>
        <select class="select" @change=${this.#rateChosen}>
          ${rates.map(
            (rate) =>
              html`<option value=${rate} ?selected=${rate === this.target}>${rate === this.ofDoor ? msg(str`1 in ${formatInteger(oneOf(rate))} (your door)`) : msg(str`1 in ${formatInteger(oneOf(rate))}`)}</option>`,
          )}
        </select>
      </label>
      <p class="row hint">${msg('This is about the face alone. The door also asks for a move, and unless its owner decided otherwise for a PIN or a card: a face alone opens nothing.')}</p>
    </div>`;
  }

  /** Where the figures are from. */
  #basis(): string {
    const comparisons = formatInteger(this.models(usualDescriptorId).impostors.comparisons);
    return this.limit?.basis === 'extrapolated'
      ? msg(str`Beyond what ${comparisons} comparisons of different people can show: drawn out on the safe side. Sisters, brothers and twins pass more often.`)
      : msg(str`Measured over ${comparisons} comparisons of different people. Sisters, brothers and twins pass more often.`);
  }

  readonly #rateChosen = (event: Event): void => {
    this.target = Number((event.target as HTMLSelectElement).value);
    this.#build();
  };

  readonly #seen = ({ detail: look }: CustomEvent<FaceLook>): void => {
    const { instruction } = look.verdict;
    this.line = look.isStill ? (instruction === 'ok' ? '' : photoText(instruction)) : guideText(instruction);
    if (look.faces !== 1 && !look.isStill) this.#forgetFace();
    if (look.isStill && (look.faces !== 1 || !look.descriptor)) return;
    const seen = this.#trial?.see(look);
    if (!seen) return;
    if (!seen.ok) {
      this.failure = seen.failure;
      return;
    }
    this.verdict = seen.value;
    this.#newest = look.descriptor;
  };

  readonly #changed = (): void => {
    this.#forgetFace();
    this.line = '';
  };

  #forgetFace(): void {
    this.#trial?.reset();
    this.verdict = null;
    this.#newest = null;
  }

  #deny(person: Person): void {
    if (!this.#newest) return;
    // What comes with a frame is the engine's to use again: what is kept has numbers of its own.
    this.mistaken = { person, descriptor: { ...this.#newest, values: Float32Array.from(this.#newest.values) } };
    this.said = null;
  }

  readonly #noted = ({ detail }: CustomEvent<NotThem>): void => {
    this.mistaken = null;
    this.said = detail.said;
    void this.#read();
  };

  async #readRate(): Promise<void> {
    const rate = await this.doorRate();
    if (rate === null) return;
    this.ofDoor = rate;
    this.target = rate;
    this.#build();
  }

  async #read(): Promise<void> {
    const { rule } = this.models(usualDescriptorId);
    const read = await this.#work.run(() => this.vault.gallery(rule.modelId, rule.length));
    if (!read) return;
    this.gallery = read.value;
    this.#build();
  }

  #build(): void {
    this.#forgetFace();
    this.#trial = null;
    this.limit = null;
    this.failure = null;
    if (!this.gallery || this.gallery.personOf.length === 0) return;
    const judge = FaceJudge.build(this.gallery, this.models(usualDescriptorId), this.target);
    this.limit = judge.ok ? judge.value.limit : null;
    if (judge.ok) this.#trial = new DoorTrial(judge.value, usualDescriptorId);
    else this.failure = judge.failure;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-test-me': LintelTestMe;
  }
}
