import { consume } from '@lit/context';
import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RgbaImage } from '../../../faces/index.ts';
import type { Person, Vault } from '../../../store/index.ts';
import { vaultContext } from '../../contexts.ts';
import { formatInteger } from '../../i18n/format.ts';
import { controls } from '../../styles/controls.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { pictureOf } from '../face-shot.ts';
import '../lintel-face-chip.ts';
import { peopleStyles } from '../people-styles.ts';
import { problem } from '../problem.ts';
import { VaultWork } from '../vault-work.ts';
import { tellChange } from './person-changed.ts';

/**
 * The photos that are kept of a person, and the way to keep none. They are opened when they are asked for.
 *
 * @fires person-changed - PersonChange
 */
@localized()
@customElement('lintel-person-photos')
export class LintelPersonPhotos extends LitElement {
  static override styles = [controls, page, pagePart, peopleStyles];

  @consume({ context: vaultContext })
  @property({ attribute: false })
  vault!: Vault;

  @property({ attribute: false }) person!: Person;
  @state() private pictures: readonly RgbaImage[] | null = null;
  readonly #work = new VaultWork(this);

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('person')) this.pictures = null;
  }

  override render(): TemplateResult {
    const { pictures, person } = this;
    return html`<div class="card padded stack">
      ${pictures
        ? html`<ul class="faces">
            ${pictures.map((chip, i) => html`<li><lintel-face-chip .chip=${chip} .label=${msg(str`Photo ${formatInteger(i + 1)} of ${person.name}`)}></lintel-face-chip></li>`)}
          </ul>`
        : nothing}
      ${problem(this.#work.failure)}
      <div class="actions">
        ${pictures ? nothing : html`<button class="button" ?disabled=${this.#work.runs} @click=${() => void this.#open()}>${msg('Show the photos')}</button>`}
        <button class="button danger" ?disabled=${this.#work.runs} @click=${() => void this.#remove()}>${msg('Erase the photos')}</button>
      </div>
    </div>`;
  }

  async #open(): Promise<void> {
    const read = await this.#work.run(() => this.vault.photos(this.person.id));
    if (read) this.pictures = (await Promise.all(read.value.map(pictureOf))).filter((picture) => picture !== null);
  }

  async #remove(): Promise<void> {
    const saved = await this.#work.run(() => this.vault.removePhotos(this.person.id));
    if (saved) tellChange(this, { person: saved.value, said: msg('The photos are erased. The person is recognised as before.') });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-person-photos': LintelPersonPhotos;
  }
}
