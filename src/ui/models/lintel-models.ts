import { consume } from '@lit/context';
import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { shelfContext } from '../contexts.ts';
import { checkIcon, compareIcon, warningIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import './compare/lintel-compare.ts';
import './doctor/lintel-doctor.ts';
import type { GivenFile } from './given-files.ts';
import './lintel-add-model.ts';
import './lintel-model-card.ts';
import type { ModelShelf, ShelfList, ShelfModel } from './model-shelf.ts';
import { keptFailureText } from './model-texts.ts';

type Screen = { readonly name: 'list' } | { readonly name: 'compare' } | { readonly name: 'doctor'; readonly files: readonly GivenFile[] };

/** The models of this device: the list, the way in for one's own, and from here the doctor and the comparison. */
@localized()
@customElement('lintel-models')
export class LintelModels extends LitElement {
  static override styles = [
    controls,
    page,
    css`
      ul {
        display: grid;
        gap: var(--gap-4);
      }
      lintel-add-model {
        margin-block-start: var(--gap-5);
      }
      .more {
        margin-block-start: var(--gap-4);
        color: var(--text-2);
      }
      .compare {
        margin-block-start: var(--gap-4);
      }
      .said {
        margin-block-end: var(--gap-4);
      }
    `,
  ];

  @consume({ context: shelfContext })
  @property({ attribute: false })
  shelf!: ModelShelf;

  @state() private list: ShelfList | null = null;
  @state() private screen: Screen = { name: 'list' };
  @state() private kept: string | null = null;
  #leave: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#leave = this.shelf.subscribe(() => void this.#look());
    void this.#look();
  }

  override disconnectedCallback(): void {
    this.#leave?.();
    super.disconnectedCallback();
  }

  override render(): TemplateResult {
    switch (this.screen.name) {
      case 'doctor':
        return html`<lintel-doctor
          .given=${this.screen.files}
          @doctor-close=${() => void this.#show({ name: 'list' })}
          @model-kept=${(event: CustomEvent<string>) => void this.#show({ name: 'list' }, event.detail)}
        ></lintel-doctor>`;
      case 'compare':
        return html`<lintel-compare .models=${this.list?.models ?? []} @compare-close=${() => void this.#show({ name: 'list' })}></lintel-compare>`;
      case 'list':
        return this.#list();
    }
  }

  #list(): TemplateResult {
    const { list, kept } = this;
    const usable = list?.models.filter(({ card }) => card !== null).length ?? 0;
    return html`<h1 tabindex="-1">${msg('Models')}</h1>
      ${kept === null ? nothing : html`<p class="badge good said" role="status">${checkIcon}<span>${msg('The model is kept on this device. Choose “Use for live” to look with it.')}</span></p>`}
      ${list?.problem ? html`<p class="badge bad said" role="status">${warningIcon}<span>${keptFailureText(list.problem)}</span></p>` : nothing}
      <ul>
        ${repeat(
          this.#ordered(),
          ({ id }) => id,
          (model) => html`<li><lintel-model-card .model=${model} .shelf=${this.shelf}></lintel-model-card></li>`,
        )}
      </ul>
      ${usable > 1
        ? html`<button class="button compare" @click=${() => void this.#show({ name: 'compare' })}>${compareIcon}${msg('Compare two models')}</button>`
        : nothing}
      <lintel-add-model @files-given=${this.#given}></lintel-add-model>
      <p class="more">${msg('Every file is checked by its SHA-256 before it is used. Models run on this device only.')} <a href="/settings">${msg('Store them for offline use')}</a></p>`;
  }

  /** What was just kept stands first. */
  #ordered(): readonly ShelfModel[] {
    const models = this.list?.models ?? [];
    return [...models.filter(({ id }) => id === this.kept), ...models.filter(({ id }) => id !== this.kept)];
  }

  readonly #given = (event: CustomEvent<readonly GivenFile[]>): void => {
    void this.#show({ name: 'doctor', files: event.detail });
  };

  /** Another screen begins at its top, with its heading read out. */
  async #show(screen: Screen, kept: string | null = null): Promise<void> {
    this.screen = screen;
    this.kept = kept;
    await this.updateComplete;
    const view = this.renderRoot.querySelector<LitElement>('lintel-doctor, lintel-compare');
    await view?.updateComplete;
    scrollTo(0, 0);
    (view ?? this).renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  async #look(): Promise<void> {
    this.list = await this.shelf.list();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-models': LintelModels;
  }
}
