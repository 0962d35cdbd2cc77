import { consume } from '@lit/context';
import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { systemCalendar } from '../../../base/index.ts';
import type { MadeBackup, Vault } from '../../../store/index.ts';
import { vaultContext } from '../../contexts.ts';
import { formatInteger } from '../../i18n/format.ts';
import { checkIcon, downloadIcon, warningIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { field } from '../../styles/field.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { fileDate, longDate } from '../date-texts.ts';
import { passphraseStrength } from '../passphrase-strength.ts';
import { peopleStyles } from '../people-styles.ts';
import { problem } from '../problem.ts';
import { VaultWork } from '../vault-work.ts';
import { saveFile } from './save-file.ts';
import { strengthSteps, strengthText } from './strength-text.ts';

/** Makes an encrypted file of everyone, under a passphrase that is typed twice. */
@localized()
@customElement('lintel-make-backup')
export class LintelMakeBackup extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    field,
    peopleStyles,
    css`
      .strength {
        display: grid;
        gap: 6px;
      }
      .bar {
        display: grid;
        grid-template-columns: repeat(4, 1fr);
        gap: 4px;
      }
      .bar span {
        block-size: 6px;
        border-radius: 3px;
        background: var(--surface-2);
      }
      .bar .on {
        background: var(--danger);
      }
      .fair .on {
        background: var(--accent);
      }
      .strong .on {
        background: var(--good);
      }
      @media (forced-colors: active) {
        .bar span {
          border: 1px solid CanvasText;
        }
        .bar .on {
          background: Highlight;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  @consume({ context: vaultContext })
  @property({ attribute: false })
  vault!: Vault;

  @state() private passphrase = '';
  @state() private again = '';
  @state() private shown = false;
  /** The second typing was another one. */
  @state() private differs = false;
  @state() private made: MadeBackup | null = null;
  @state() private lastMs: number | null = null;
  @query('input[name=again]') private readonly second!: HTMLInputElement;
  readonly #work = new VaultWork(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#readLast();
  }

  override render(): TemplateResult {
    const { passphrase, shown } = this;
    const { runs, failure } = this.#work;
    const type = shown ? 'text' : 'password';
    return html`<form class="card padded" novalidate @submit=${this.#submitted}>
      <p class="hint">${this.lastMs === null ? msg('No backup was made on this device yet.') : msg(str`The last one was made on ${longDate(this.lastMs)}.`)}</p>
      <label class="labelled">
        <span>${msg('Passphrase')}</span>
        <input class="field" name="passphrase" type=${type} autocomplete="new-password" aria-describedby="strength warning" .value=${live(passphrase)} @input=${this.#typed} />
      </label>
      <div class="strength" id="strength" role="status">${passphrase === '' ? nothing : strengthPart(passphrase)}</div>
      <label class="labelled">
        <span>${msg('The same passphrase again')}</span>
        <input class="field" name="again" type=${type} autocomplete="new-password" aria-invalid=${this.differs ? 'true' : 'false'} aria-describedby="differs" .value=${live(this.again)} @input=${this.#typedAgain} />
      </label>
      <p id="differs" class="badge bad" role="alert" ?hidden=${!this.differs}>${warningIcon}<span>${msg('The two are not the same. No backup was made.')}</span></p>
      <label class="switch">
        <span>${msg('Show what is typed')}</span>
        <input type="checkbox" role="switch" aria-checked=${shown ? 'true' : 'false'} .checked=${live(shown)} @change=${() => (this.shown = !shown)} />
      </label>
      <p class="hint" id="warning">${msg('Nobody can open the file without it, and nobody can bring it back: keep it where you keep such things.')}</p>
      ${problem(failure)}
      <div class="actions"><button class="button primary" ?disabled=${runs}>${downloadIcon}${runs ? msg('Encrypting…') : msg('Save the backup')}</button></div>
      <div role="status">${this.made && !runs ? this.#made(this.made) : nothing}</div>
    </form>`;
  }

  #made({ people, leftOutIds }: MadeBackup): TemplateResult {
    return html`<p class="badge good">${checkIcon}<span>${msg(str`Saved to your downloads. People in it: ${formatInteger(people)}.`)}</span></p>
      ${leftOutIds.length > 0
        ? html`<p class="badge bad">${warningIcon}<span>${msg(str`Not in it, because their records cannot be read: ${formatInteger(leftOutIds.length)}.`)}</span></p>`
        : nothing}`;
  }

  readonly #typed = (event: Event): void => {
    this.passphrase = (event.target as HTMLInputElement).value;
    this.differs = false;
    this.made = null;
  };

  readonly #typedAgain = (event: Event): void => {
    this.again = (event.target as HTMLInputElement).value;
    this.differs = false;
  };

  readonly #submitted = (event: Event): void => {
    event.preventDefault();
    void this.#make();
  };

  async #make(): Promise<void> {
    const { passphrase, again } = this;
    this.differs = passphraseStrength(passphrase) !== 'short' && passphrase !== again;
    if (this.differs) {
      this.second.focus();
      return;
    }
    const made = await this.#work.run(() => this.vault.exportBackup(passphrase));
    if (!made) return;
    const nowMs = systemCalendar.epochMs();
    saveFile(made.value.file, `lintel-people-${fileDate(nowMs)}.lintel`);
    this.made = made.value;
    this.lastMs = nowMs;
    this.passphrase = this.again = '';
    this.shown = false;
  }

  async #readLast(): Promise<void> {
    const read = await this.vault.audit();
    this.lastMs = (read.ok ? read.value.find(({ act }) => act === 'export')?.atMs : null) ?? null;
  }
}

function strengthPart(passphrase: string): TemplateResult {
  const strength = passphraseStrength(passphrase);
  return html`<span class="bar ${strength}" aria-hidden="true">${[1, 2, 3, 4].map((step) => html`<span class=${step <= strengthSteps[strength] ? 'on' : ''}></span>`)}</span>
    <span class="hint">${strengthText(strength)}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-make-backup': LintelMakeBackup;
  }
}
