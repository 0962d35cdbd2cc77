import { localized, msg } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, SVGTemplateResult, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { systemClock } from '../../../base/index.ts';
import type { ChallengeName } from '../../../faces/index.ts';
import type { ClaimWay, DoorPosition, KioskInput, KioskSnapshot, KnownPerson } from '../../../kiosk/index.ts';
import { pinDigits } from '../../../store/index.ts';
import type { LocaleCode } from '../../i18n/localization.ts';
import { currentLocale } from '../../i18n/localization.ts';
import { controls } from '../../styles/controls.ts';
import { challengePictogram, pictogramStyles } from './challenge-pictograms.ts';
import { doorClosedSign, doorOpenSign, languageSign, lowerSign, otherWaySign, pinSign, raiseSign, soundOffSign, soundOnSign, textSizeSign } from './door-icons.ts';
import type { KioskLayout } from './door-screen.ts';
import { screenOf } from './door-screen.ts';
import { challengeLines } from './instruction-texts.ts';
import { kioskButtons } from './kiosk-buttons.ts';
import { kioskStyles } from './kiosk-styles.ts';
import type { Claim } from './lintel-door-claim.ts';
import './lintel-door-claim.ts';
import './lintel-door-frame.ts';
import './lintel-hold-button.ts';
import './lintel-pin-pad.ts';
import { positionText } from './position-text.ts';
import { serviceText } from './reason-texts.ts';
import { timeLeft } from './time-left.ts';
import type { Tone } from './tone.ts';
import { toneStyles } from './tone.ts';

/** What a visitor may set for the time of the visit. */
export interface VisitWishes {
  readonly voice: boolean;
  readonly large: boolean;
  readonly low: boolean;
}

/**
 * The screen at a door, as a picture of one snapshot: colour, sign, word, caption, the camera's picture and what can be
 * done. It keeps no state of the visit.
 *
 * @fires kiosk-input - detail: KioskInput
 * @fires wishes-changed - detail: VisitWishes
 * @fires locale-chosen - detail: LocaleCode
 * @fires owner-asked - the corner was held
 */
@localized()
@customElement('lintel-kiosk')
export class LintelKiosk extends LitElement {
  static override styles = [controls, toneStyles, kioskButtons, pictogramStyles, kioskStyles];

  @property({ attribute: false }) snapshot: KioskSnapshot = { state: 'idle' };
  /** The element that plays the camera. */
  @property({ attribute: false }) picture: HTMLElement | null = null;
  @property() doorName = '';
  @property({ attribute: false }) position: DoorPosition = 'unknown';
  /** What the owner tells visitors about the camera. */
  @property() notice = '';
  @property({ attribute: false }) wishes: VisitWishes = { voice: true, large: false, low: false };
  /** Whether a voice of this device could be heard at all. */
  @property({ type: Boolean }) canSpeak = false;
  /** Who may choose their name from a list. */
  @property({ attribute: false }) people: readonly KnownPerson[] = [];
  /** Ways to say one's name before a PIN. */
  @property({ attribute: false }) nameWays: readonly ClaimWay[] = ['typed'];
  /** This browser cannot read square codes: what stands under them is typed. */
  @property({ type: Boolean }) cardTyped = false;
  /** Nobody is there: the screen is dark, as far as a page can make it. */
  @property({ type: Boolean, reflect: true }) dimmed = false;

  @state() private choosing = false;
  /** Of a lock that is counted down, milliseconds. */
  @state() private leftMs = 0;
  #lockEndsMs = 0;
  #ticking: ReturnType<typeof setInterval> | undefined;

  override disconnectedCallback(): void {
    clearInterval(this.#ticking);
    super.disconnectedCallback();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { tone, layout } = screenOf(this.snapshot);
    if (changed.has('snapshot')) this.#take(changed.get('snapshot'));
    this.#dress(tone, this.choosing ? 'controls' : layout);
  }

  override render(): TemplateResult {
    const { snapshot } = this;
    const screen = screenOf(snapshot);
    const position = positionText(this.position);
    return html`<header>
        <p class="name">${this.doorName}</p>
        ${position === null ? nothing : html`<p class="door">${this.position === 'closed' ? doorClosedSign : doorOpenSign}${position}</p>`}
      </header>
      <main>
        <div class="beam" role="status" aria-live="polite" aria-atomic="true">
          <span class="sign">${screen.sign}</span>
          <div>
            <h1 tabindex="-1">${screen.word}</h1>
            <p class="caption">${screen.caption}</p>
            ${snapshot.state === 'out-of-service'
              ? html`<p class="reason"><span>${msg('For the owner:')}</span> ${serviceText(snapshot.reason)}</p>`
              : nothing}
          </div>
          ${snapshot.state === 'locked' ? html`<p class="left tabular" role="timer" aria-live="off">${timeLeft(this.leftMs)}</p>` : nothing}
        </div>
        ${screen.layout === 'answer'
          ? nothing
          : html`<lintel-door-frame .picture=${this.picture} .tone=${screen.tone} .guide=${screen.guide}></lintel-door-frame>
              <section class="panel" aria-label=${msg('What you can do')}>${this.#panel()}</section>`}
      </main>
      ${this.#footer()}
      <div class="dim" aria-hidden="true"></div>`;
  }

  /** Another state closes what was open in the one before; a lock is counted from the moment it is told. */
  #take(before: KioskSnapshot | undefined): void {
    const { snapshot } = this;
    if (before?.state !== snapshot.state) this.choosing = false;
    clearInterval(this.#ticking);
    if (snapshot.state !== 'locked') return;
    this.leftMs = snapshot.leftMs;
    this.#lockEndsMs = systemClock.nowMs() + snapshot.leftMs;
    this.#ticking = setInterval(() => {
      this.leftMs = this.#lockEndsMs - systemClock.nowMs();
    }, 250);
  }

  /** The styles of the whole screen read these. */
  #dress(tone: Tone, layout: KioskLayout): void {
    this.setAttribute('tone', tone);
    this.setAttribute('layout', layout);
    this.toggleAttribute('large', this.wishes.large);
    this.toggleAttribute('low', this.wishes.low);
  }

  #panel(): TemplateResult | typeof nothing {
    const { snapshot } = this;
    switch (snapshot.state) {
      case 'idle':
        return html`<button class="big" @click=${() => this.#tell({ type: 'start' })}>${msg('Start')}</button>`;
      case 'claim':
        return html`${this.#claim(snapshot.ways)}${this.#cancelButton()}`;
      case 'pin':
        return html`${snapshot.needsName ? this.#claim(this.nameWays) : this.#pad(snapshot.checking)}${this.#cancelButton()}`;
      case 'card':
        return html`${this.cardTyped ? this.#claim(['card']) : nothing}${this.#cancelButton()}`;
      case 'challenge':
        return html`${this.choosing ? this.#otherChallenges(snapshot.others) : this.#otherWay(snapshot.others)}${this.#pinButton(snapshot.canUsePin)}`;
      case 'look':
      case 'try-again':
        return this.#pinButton(snapshot.canUsePin);
      default:
        return nothing;
    }
  }

  #claim(ways: readonly ClaimWay[]): TemplateResult {
    return html`<lintel-door-claim
      .ways=${ways}
      .people=${this.people}
      .cardTyped=${this.cardTyped}
      @claimed=${(event: CustomEvent<Claim>) => this.#tell(event.detail)}
    ></lintel-door-claim>`;
  }

  #pad(checking: boolean): TemplateResult {
    return html`<lintel-pin-pad
      .label=${msg('PIN')}
      .minDigits=${pinDigits.least}
      .busy=${checking}
      .low=${this.wishes.low}
      @pin-entered=${(event: CustomEvent<string>) => this.#tell({ type: 'pin', digits: event.detail })}
    ></lintel-pin-pad>`;
  }

  #otherWay(others: readonly ChallengeName[]): TemplateResult | typeof nothing {
    return others.length === 0 ? nothing : html`<button class="big" @click=${() => (this.choosing = true)}>${otherWaySign}${msg('Another way')}</button>`;
  }

  #otherChallenges(others: readonly ChallengeName[]): TemplateResult {
    return html`<p class="ask">${msg('What is easier for you?')}</p>
      <div class="ways">
        ${others.map(
          (name) => html`<button class="big way" @click=${() => this.#tell({ type: 'other-challenge', challenge: name })}>
            ${challengePictogram(name)}${challengeLines(name).word}
          </button>`,
        )}
      </div>`;
  }

  #pinButton(offered: boolean): TemplateResult | typeof nothing {
    return offered ? html`<button class="big" @click=${() => this.#tell({ type: 'use-pin' })}>${pinSign}${msg('Use my PIN')}</button>` : nothing;
  }

  #cancelButton(): TemplateResult {
    return html`<button class="big quiet" @click=${() => this.#tell({ type: 'cancel' })}>${msg('Cancel')}</button>`;
  }

  #footer(): TemplateResult {
    const { voice, large, low } = this.wishes;
    const other: LocaleCode = currentLocale() === 'en' ? 'zh-Hans' : 'en';
    return html`<footer>
      <lintel-hold-button></lintel-hold-button>
      <div class="notice" role="region" tabindex="0" aria-label=${msg('About the camera')}><p>${this.notice}</p></div>
      <div class="tools">
        <button class="tool" lang=${other} @click=${() => this.dispatchEvent(new CustomEvent<LocaleCode>('locale-chosen', { detail: other }))}>
          ${languageSign}${other === 'en' ? 'English' : '中文'}
        </button>
        ${this.canSpeak ? this.#switch(msg('Voice'), voice ? soundOnSign : soundOffSign, voice, { voice: !voice }) : nothing}
        ${this.#switch(msg('Larger text'), textSizeSign, large, { large: !large })} ${this.#switch(msg('Lower the controls'), low ? raiseSign : lowerSign, low, { low: !low })}
      </div>
    </footer>`;
  }

  #switch(name: string, sign: SVGTemplateResult, on: boolean, wish: Partial<VisitWishes>): TemplateResult {
    const wished = (): void => {
      this.dispatchEvent(new CustomEvent<VisitWishes>('wishes-changed', { detail: { ...this.wishes, ...wish } }));
    };
    return html`<button class="tool" aria-pressed=${on ? 'true' : 'false'} @click=${wished}>${sign}${name}</button>`;
  }

  #tell(input: KioskInput): void {
    this.dispatchEvent(new CustomEvent<KioskInput>('kiosk-input', { detail: input }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-kiosk': LintelKiosk;
  }
}
