import { localized, msg } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { checkIcon, warningIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { adminStyles } from './admin-styles.ts';
import { notKeptText } from './door-failure-texts.ts';
import type { DoorOffice } from './door-office.ts';
import { saidLine } from './said-line.ts';
import { Undertaking } from './undertaking.ts';

/** Whether the door serves people, and the way to keep it shut while somebody works at it. */
@localized()
@customElement('lintel-door-pause')
export class LintelDoorPause extends LitElement {
  static override styles = [controls, page, pagePart, adminStyles];

  @property({ attribute: false }) office: DoorOffice | null = null;
  @state() private paused: boolean | null = null;
  readonly #doing = new Undertaking(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  override render(): TemplateResult | typeof nothing {
    const { paused } = this;
    if (paused === null) return nothing;
    return html`<div class="stack">
      <p class="badge ${paused ? 'bad' : 'good'}" role="status">${paused ? html`${warningIcon}${msg('Paused by you')}` : html`${checkIcon}${msg('In service')}`}</p>
      <p class="hint">
        ${paused
          ? msg('The screen says “Back in a moment” and opens for nobody, after a restart too, until you end the pause.')
          : msg('While you work at the door, or nobody shall come in: the screen says “Back in a moment” and opens for nobody.')}
      </p>
      <div class="actions">
        <button class="button ${paused ? 'primary' : ''}" ?disabled=${this.#doing.isBusy} @click=${() => void this.#set(!paused)}>${paused ? msg('End the pause') : msg('Pause the door')}</button>
      </div>
      ${saidLine(this.#doing.said)}
    </div>`;
  }

  async #read(): Promise<void> {
    this.paused = (await this.office?.paused()) ?? null;
  }

  async #set(paused: boolean): Promise<void> {
    await this.#doing.run(async () => {
      const done = await this.office?.setPaused(paused);
      await this.#read();
      return done?.ok ? null : { good: false, text: notKeptText() };
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-door-pause': LintelDoorPause;
  }
}
