import { consume } from '@lit/context';
import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { goTo } from '../app/router.ts';
import type { RoutePath } from '../app/routes.ts';
import { shelfContext } from '../contexts.ts';
import { checkIcon, compareIcon, warningIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import './compare/lintel-compare.ts';
import './doctor/lintel-doctor.ts';
import type { GivenFile } from './given-files.ts';
import './lintel-add-model.ts';
import './lintel-model-card.ts';
import './lintel-fixed-model.ts';
import type { ModelShelf, ShelfFixedModel, ShelfList, ShelfModel } from './model-shelf.ts';
import { keptFailureText } from './model-texts.ts';
import { ShelfWatch } from './shelf-watch.ts';

/** The models of this device: the list, the way in for one's own, and behind their routes the doctor and the comparison. */
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

  /** The route: the list, the doctor or the comparison. */
  @property() view: RoutePath = '/models';
  @state() private list: ShelfList | null = null;
  /** For the doctor; they outlive a step back, so that a step forward finds them. */
  @state() private given: readonly GivenFile[] = [];
  @state() private kept: string | null = null;

  constructor() {
    super();
    new ShelfWatch(this, () => this.shelf, () => void this.#look());
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('view') && this.view !== '/models') this.kept = null;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.get('view') !== undefined) void this.#focusHeading();
  }

  override render(): TemplateResult {
    switch (this.view) {
      case '/models/add':
        return html`<lintel-doctor .given=${this.given} @model-kept=${this.#modelKept}></lintel-doctor>`;
      case '/models/compare':
        return html`<lintel-compare .models=${this.list?.models ?? []}></lintel-compare>`;
      default:
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
      ${list ? [this.#group(msg('Points of faces and bodies'), list.points), this.#group(msg('Who a face is, and whether it lives'), list.faces)] : nothing}
      ${usable > 1
        ? html`<a class="button compare" href="/models/compare">${compareIcon}${msg('Compare two models')}</a>`
        : nothing}
      <lintel-add-model @files-given=${this.#filesGiven}></lintel-add-model>
      <p class="more">${msg('Every file is checked by its SHA-256 before it is used. Models run on this device only.')} <a href="/settings">${msg('Store them for offline use')}</a></p>`;
  }

  /** What was just kept stands first. */
  #group(title: string, models: readonly ShelfFixedModel[]): TemplateResult | typeof nothing {
    if (models.length === 0) return nothing;
    return html`<h2>${title}</h2>
      <ul>
        ${models.map((model) => html`<li><lintel-fixed-model .model=${model} .shelf=${this.shelf}></lintel-fixed-model></li>`)}
      </ul>`;
  }

  #ordered(): readonly ShelfModel[] {
    const models = this.list?.models ?? [];
    return [...models.filter(({ id }) => id === this.kept), ...models.filter(({ id }) => id !== this.kept)];
  }

  readonly #filesGiven = (event: CustomEvent<readonly GivenFile[]>): void => {
    this.given = event.detail;
    goTo(this, '/models/add');
  };

  readonly #modelKept = (event: CustomEvent<string>): void => {
    this.given = [];
    this.kept = event.detail;
    goTo(this, '/models');
  };

  /** Another view begins with its heading read out. The app does the same where the heading is in this element itself. */
  async #focusHeading(): Promise<void> {
    const inner = this.renderRoot.querySelector<LitElement>('lintel-doctor, lintel-compare');
    await inner?.updateComplete;
    (inner ?? this).renderRoot.querySelector<HTMLElement>('h1')?.focus();
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
