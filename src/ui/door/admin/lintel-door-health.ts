import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatBytes, formatInteger, formatPercent } from '../../i18n/format.ts';
import { checkIcon, warningIcon } from '../../icons/icons.ts';
import { ReadEvery } from '../../read-every.ts';
import { timeLeft } from '../kiosk/time-left.ts';
import { controls } from '../../styles/controls.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import type { DoorHealth, DoorOffice, HealthCode, Lock } from './door-office.ts';
import { qrDrawing } from './qr-drawing.ts';

/** How the kiosk is doing, what is locked, and the same as a square code for a phone. Read again every two seconds. */
@localized()
@customElement('lintel-door-health')
export class LintelDoorHealth extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    css`
      .both {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--gap-4);
        align-items: start;
      }
      .row {
        min-block-size: 48px;
      }
      .qr {
        inline-size: 200px;
        block-size: 200px;
        border-radius: var(--radius-s);
      }
      figure {
        display: grid;
        justify-items: center;
        gap: 6px;
        max-inline-size: 200px;
        margin: 0;
        text-align: center;
      }
      .line {
        font-size: 0.8125rem;
        overflow-wrap: anywhere;
      }
      @media (max-width: 620px) {
        .both {
          grid-template-columns: minmax(0, 1fr);
        }
        figure {
          justify-self: center;
        }
      }
    `,
  ];

  @property({ attribute: false }) office: DoorOffice | null = null;
  @state() private health: DoorHealth | null = null;
  @state() private locks: readonly Lock[] = [];

  constructor() {
    super();
    new ReadEvery(this, 2000, () => this.#read());
  }

  override render(): TemplateResult | typeof nothing {
    const { health } = this;
    if (!health) return nothing;
    return html`<div class="both">
      <div class="card">
        ${health.facts.map(
          ({ code, good, value }) => html`<div class="row">
            <span class="name">${factName(code)}</span>
            <span class="badge ${good === null ? '' : good ? 'good' : 'bad'}">${good === null ? nothing : good ? checkIcon : warningIcon}${factText(code, value)}</span>
          </div>`,
        )}
        ${this.locks.map(
          (lock) => html`<div class="row">
            <span class="name">${lockName(lock)}</span>
            <span class="badge bad">${warningIcon}${msg(str`locked for ${timeLeft(lock.leftMs)}`)}</span>
          </div>`,
        )}
      </div>
      <figure>
        ${qrDrawing(health.line)}
        <figcaption class="hint">${msg('The same for your phone: scan it.')}</figcaption>
        <span class="value line">${health.line}</span>
      </figure>
    </div>`;
  }

  async #read(): Promise<void> {
    const { office } = this;
    if (!office) return;
    [this.health, this.locks] = await Promise.all([office.health(), office.locks()]);
  }
}

function factName(code: HealthCode): string {
  switch (code) {
    case 'lastFrame':
      return msg('Last frame');
    case 'canary':
      return msg('Self-test');
    case 'freeBytes':
      return msg('Free storage');
    case 'retentionDays':
      return msg('Days until somebody’s time is over');
    case 'camera':
      return msg('Camera');
    case 'door':
      return msg('Door');
    case 'battery':
      return msg('Battery');
    case 'version':
      return msg('Version');
  }
}

function factText(code: HealthCode, value: number | string | null): string {
  if (value === null) return msg('not known');
  if (typeof value === 'string') return wordText(value);
  if (code === 'freeBytes') return formatBytes(value);
  if (code === 'battery') return formatPercent(value);
  if (code === 'lastFrame') return msg(str`${formatInteger(Math.round(value / 1000))} s ago`);
  return formatInteger(value);
}

/** Words that the health of a door is made of; another one, such as a version, stands as it is. */
function wordText(value: string): string {
  switch (value) {
    case 'granted':
      return msg('allowed');
    case 'once':
      return msg('perhaps for a day only: choose “Allow on every visit”');
    case 'denied':
      return msg('not allowed');
    case 'closed':
      return msg('closed');
    case 'open':
      return msg('open');
    case 'held':
      return msg('held open');
    case 'offline':
      return msg('not connected');
    case 'unknown':
      return msg('not known');
    case 'passed':
      return msg('passed');
    case 'failed':
      return msg('failed');
    default:
      return value;
  }
}

function lockName({ whose, name }: Lock): string {
  if (whose === 'owner') return msg('PIN of the owner');
  return whose === 'kiosk' ? msg('All PINs at this screen') : msg(str`PIN of ${name ?? msg('a person')}`);
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-door-health': LintelDoorHealth;
  }
}
