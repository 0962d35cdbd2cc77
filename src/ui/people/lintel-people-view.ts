import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PeoplePath } from '../app/routes.ts';
import { warningIcon } from '../icons/icons.ts';
import { LazyParts } from '../lazy-parts.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import type { PeopleParts } from './people-parts.ts';

/** Loads the pages of people, whose elements come with their parts, and shows the one of the route. */
@localized()
@customElement('lintel-people-view')
export class LintelPeopleView extends LitElement {
  static override styles = [
    controls,
    page,
    css`
      h1 {
        margin-block-start: 0;
      }
    `,
  ];

  @property() view: PeoplePath = '/people';
  @property({ attribute: false }) load: (() => Promise<PeopleParts>) | null = null;
  readonly #lazy = new LazyParts<PeopleParts>(this);

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('load')) this.#lazy.want(this.load);
  }

  override render(): TemplateResult | typeof nothing {
    const { parts, failed } = this.#lazy;
    if (parts) return html`<lintel-people .parts=${parts} .view=${this.view}></lintel-people>`;
    if (!failed) return nothing;
    return html`<h1 tabindex="-1">${msg('People')}</h1>
      <p class="badge bad" role="alert">${warningIcon}<span>${msg('This part of the app could not be loaded. Nothing was changed. Check the connection, then try again.')}</span></p>
      <p><button class="button primary" @click=${this.#lazy.retry}>${msg('Try again')}</button></p>`;
  }

  /** The page stands when its parts are there and it has read what it shows. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const updated = await super.getUpdateComplete();
    await this.#lazy.done;
    await super.getUpdateComplete();
    await this.renderRoot.querySelector('lintel-people')?.updateComplete;
    return updated;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-people-view': LintelPeopleView;
  }
}
