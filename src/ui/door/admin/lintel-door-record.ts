import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LogLine } from '../../../audit/index.ts';
import { formatInteger } from '../../i18n/format.ts';
import { currentLocale } from '../../i18n/localization.ts';
import { checkIcon, downloadIcon } from '../../icons/icons.ts';
import { ReadEvery } from '../../read-every.ts';
import { controls } from '../../styles/controls.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { adminStyles } from './admin-styles.ts';
import type { DoorOffice } from './door-office.ts';
import { eventText } from './event-texts.ts';
import { saidLine } from './said-line.ts';
import { Undertaking } from './undertaking.ts';

const shownLines = 50;

/** The door's record: its newest lines, read again every few seconds, the check of all of them, the export. */
@localized()
@customElement('lintel-door-record')
export class LintelDoorRecord extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    adminStyles,
    css`
      ol {
        max-block-size: 420px;
        margin: 0;
        padding: 0;
        overflow: auto;
        list-style: none;
      }
      li.row {
        min-block-size: 52px;
      }
      .print {
        font-size: 0.8125rem;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) office: DoorOffice | null = null;
  @state() private lines: readonly LogLine[] | null = null;
  @state() private fingerprint: string | null = null;
  readonly #doing = new Undertaking(this);

  constructor() {
    super();
    new ReadEvery(this, 5000, () => this.#read());
  }

  override render(): TemplateResult {
    return html`<div class="stack">
      ${this.lines?.length === 0 ? html`<p class="lead">${msg('Nothing has happened at this door yet.')}</p>` : this.#list()}
      <div class="actions">
        <button class="button" ?disabled=${this.#doing.isBusy} @click=${() => void this.#check()}>${checkIcon}${msg('Check all of it')}</button>
        <button class="button" ?disabled=${this.#doing.isBusy} @click=${() => void this.#export()}>${downloadIcon}${msg('Export')}</button>
      </div>
      ${saidLine(this.#doing.said)}
      ${this.fingerprint
        ? html`<p class="hint">${msg('Write this fingerprint down where this device cannot change it. An export is genuine when it names the same one.')}</p>
            <p class="value print">${this.fingerprint}</p>`
        : nothing}
    </div>`;
  }

  #list(): TemplateResult {
    const time = new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'short', timeStyle: 'medium' });
    return html`<ol class="card" tabindex="0" aria-label=${msg('Newest lines')}>
      ${this.lines?.map((line) => html`<li class="row"><span class="text">${eventText(line.event)}</span><span class="hint tabular">${time.format(line.atMs)}</span></li>`)}
    </ol>`;
  }

  async #read(): Promise<void> {
    const { office } = this;
    if (!office) return;
    const newest = await office.newest(shownLines);
    this.lines = newest.ok ? newest.value : [];
    if (!newest.ok) this.#doing.say({ good: false, text: msg('The record cannot be read.') });
    const print = await office.fingerprint();
    this.fingerprint = print.ok ? print.value : null;
  }

  async #check(): Promise<void> {
    const { office } = this;
    if (!office) return;
    await this.#doing.run(async () => {
      const checked = await office.checkLog();
      if (!checked.ok) return { good: false, text: checkFailureText(checked.failure.code) };
      return { good: true, text: msg(str`Whole: ${formatInteger(checked.value.count)} lines, each signed and in its place.`) };
    });
  }

  async #export(): Promise<void> {
    const { office } = this;
    if (!office) return;
    await this.#doing.run(async () => {
      const file = await office.exportLog();
      if (!file.ok) return { good: false, text: checkFailureText(file.failure.code) };
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file.value);
      link.download = 'lintel-door.ndjson';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      return { good: true, text: msg('Exported. “npm run audit:verify FILE” checks it anywhere.') };
    });
  }
}

function checkFailureText(code: string): string {
  switch (code) {
    case 'empty':
      return msg('Nothing has happened at this door yet.');
    case 'altered':
      return msg('The record was changed behind the app’s back. Export it now: the check names the first broken place.');
    case 'key-lost':
      return msg('The key that signs the record is gone. Export what is there, then begin a new record.');
    default:
      return msg('The record cannot be read.');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-door-record': LintelDoorRecord;
  }
}
