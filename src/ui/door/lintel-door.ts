import { localized, msg } from '@lit/localize';
import { LitElement, css, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { systemClock } from '../../base/index.ts';
import type { KioskInput } from '../../kiosk/index.ts';
import { goTo } from '../app/router.ts';
import type { LocaleCode } from '../i18n/localization.ts';
import { currentLocale, useLocale } from '../i18n/localization.ts';
import { brandMark } from '../icons/brand.ts';
import { WakeLock } from '../live/wake-lock.ts';
import { controls } from '../styles/controls.ts';
import type { DeskState, DoorDesk } from './door-desk.ts';
import { fillScreen } from './fill-screen.ts';
import { IdleDimmer } from './idle-dimmer.ts';
import { screenOf } from './kiosk/door-screen.ts';
import { DoorSounds } from './kiosk/door-sounds.ts';
import { DoorVoice } from './kiosk/door-voice.ts';
import { kioskButtons } from './kiosk/kiosk-buttons.ts';
import type { VisitWishes } from './kiosk/lintel-kiosk.ts';
import './kiosk/lintel-kiosk.ts';
import './lintel-owner-gate.ts';
import type { OwnerGuard } from './owner-guard.ts';

const plainWishes: VisitWishes = { voice: true, large: false, low: false };
const dimAfterMs = 45_000;
/** Whoever left the owner's question on the screen does not keep the next visitor out. */
const gateForMs = 30_000;

/**
 * The page that hangs at a door: the screen of the kiosk, kept awake and full, with voice and sounds, and the corner that
 * leads the owner behind it. What a visitor sets ends with the visit.
 */
@localized()
@customElement('lintel-door')
export class LintelDoor extends LitElement {
  static override styles = [
    controls,
    kioskButtons,
    css`
      :host,
      lintel-kiosk,
      lintel-owner-gate {
        position: fixed;
        inset: 0;
      }
      .begin {
        display: grid;
        align-content: center;
        justify-items: center;
        gap: var(--gap-5);
        block-size: 100%;
        padding: var(--gap-5);
        overflow: auto;
        background: radial-gradient(120% 70% at 50% -10%, rgb(245 184 61 / 0.18), transparent 60%), var(--ink);
        color: #f3f1ec;
        text-align: center;
        --focus: #ffffff;
        --focus-gap: #0e1116;
      }
      .begin > svg {
        inline-size: 96px;
        block-size: 96px;
      }
      h1 {
        font-size: clamp(2rem, 7vmin, 3.5rem);
        line-height: 1.08;
        letter-spacing: -0.03em;
      }
      h1:focus-visible {
        outline: none;
        box-shadow: none;
      }
      .begin p {
        max-inline-size: 46ch;
        color: #c3c8d0;
        font-size: 1.25rem;
        text-wrap: pretty;
      }
    `,
  ];

  @property({ attribute: false }) desk: DoorDesk | null = null;
  @property({ attribute: false }) guard: OwnerGuard | null = null;

  @state() private now: DeskState | null = null;
  @state() private wishes: VisitWishes = plainWishes;
  @state() private atGate = false;

  readonly #dimmer = new IdleDimmer(this, () => dimAfterMs, () => this.#endVisit());
  readonly #sounds = new DoorSounds();
  readonly #voice = new DoorVoice('speechSynthesis' in globalThis ? speechSynthesis : null, systemClock);
  readonly #wakeLock = new WakeLock(() => undefined);
  #houseLocale: LocaleCode = currentLocale();
  #leave: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#houseLocale = currentLocale();
    this.#wakeLock.want(true);
    addEventListener('pointerdown', this.#touched);
    addEventListener('contextmenu', preventMenu);
    if (this.desk) this.#watch(this.desk);
  }

  override disconnectedCallback(): void {
    removeEventListener('pointerdown', this.#touched);
    removeEventListener('contextmenu', preventMenu);
    this.#wakeLock.want(false);
    this.#leave?.();
    this.#leave = null;
    this.desk?.close();
    this.#voice.stop();
    this.#sounds.close();
    this.#endVisit();
    super.disconnectedCallback();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('desk') && this.desk && this.isConnected && !this.#leave) this.#watch(this.desk);
  }

  override render(): TemplateResult {
    const { now, desk } = this;
    if (this.atGate)
      return html`<lintel-owner-gate .guard=${this.guard} .awayAfterMs=${gateForMs} @owner-in=${() => goTo(this, '/door/admin')} @owner-away=${() => (this.atGate = false)}></lintel-owner-gate>`;
    if (!now || !desk || now.asksFirst) return this.#begin();
    return html`<lintel-kiosk
      .snapshot=${now.snapshot}
      .picture=${desk.picture}
      .doorName=${now.doorName}
      .position=${now.position}
      .notice=${now.notice}
      .people=${now.people}
      .nameWays=${now.nameWays}
      .cardTyped=${now.cardTyped}
      .wishes=${this.wishes}
      .canSpeak=${this.#voice.speaks(currentLocale())}
      .dimmed=${this.#dimmer.dimmed}
      @kiosk-input=${(event: CustomEvent<KioskInput>) => desk.send(event.detail)}
      @wishes-changed=${(event: CustomEvent<VisitWishes>) => this.#wish(event.detail)}
      @locale-chosen=${(event: CustomEvent<LocaleCode>) => void this.#speak(event.detail)}
      @owner-asked=${() => void this.#askOwner()}
    ></lintel-kiosk>`;
  }

  /** Before the camera may be asked for: what for, and what stays here. */
  #begin(): TemplateResult {
    return html`<div class="begin">
      ${brandMark}
      <h1 tabindex="-1">${msg('The screen at your door')}</h1>
      <p>${msg('Your browser asks for the camera next. No picture is kept, and none leaves this device. Choose “Allow on every visit”, so that the screen comes back by itself after a power cut.')}</p>
      <button class="big primary" ?disabled=${!this.desk} @click=${() => this.desk?.open(true)}>${msg('Start the screen')}</button>
      <button class="big quiet" @click=${() => void this.#askOwner()}>${msg('For the owner')}</button>
    </div>`;
  }

  #watch(desk: DoorDesk): void {
    this.#take(desk.now);
    this.#leave = desk.subscribe((now) => this.#take(now));
    desk.open(false);
  }

  /** Says and sounds what is new, once. */
  #take(now: DeskState): void {
    const before = this.now?.snapshot;
    this.now = now;
    this.#dimmer.see(now.snapshot.state === 'idle' && !now.asksFirst);
    if (JSON.stringify(before) === JSON.stringify(now.snapshot) || now.asksFirst) return;
    const { word, caption, sound } = screenOf(now.snapshot);
    if (sound) this.#sounds.play(sound);
    if (this.wishes.voice && now.snapshot.state !== 'idle') this.#voice.say(`${word}. ${caption}`, currentLocale());
  }

  #wish(wishes: VisitWishes): void {
    this.wishes = wishes;
    if (!wishes.voice) this.#voice.stop();
  }

  async #speak(locale: LocaleCode): Promise<void> {
    this.#voice.stop();
    await useLocale(locale);
    this.requestUpdate();
  }

  #endVisit(): void {
    this.wishes = plainWishes;
    if (currentLocale() !== this.#houseLocale) void this.#speak(this.#houseLocale);
  }

  /** Where nobody owns the door yet, the corner leads straight to its set-up. */
  async #askOwner(): Promise<void> {
    if (!this.guard) return;
    if (this.guard.isIn || !(await this.guard.hasOwner())) goTo(this, '/door/admin');
    else this.atGate = true;
  }

  readonly #touched = (): void => {
    this.#sounds.unlock();
    if (this.now && !this.now.asksFirst && !this.atGate) fillScreen();
  };
}

function preventMenu(event: Event): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-door': LintelDoor;
  }
}
