import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { warningIcon } from '../icons/icons.ts';
import { LazyParts } from '../lazy-parts.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import type { DoorParts } from './door-parts.ts';

/** Loads the door, whose elements come with its parts, and shows the screen that hangs there or its owner's pages. */
@localized()
@customElement('lintel-door-view')
export class LintelDoorView extends LitElement {
  static override styles = [
    controls,
    page,
    css`
      :host(:not([failed])) {
        display: contents;
      }
    `,
  ];

  @property() view: 'screen' | 'owner' = 'screen';
  @property({ attribute: false }) load: (() => Promise<DoorParts>) | null = null;
  @property({ type: Boolean, reflect: true }) failed = false;
  readonly #lazy = new LazyParts<DoorParts>(this);

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('load')) this.#lazy.want(this.load);
    this.failed = this.#lazy.failed;
  }

  override render(): TemplateResult | typeof nothing {
    const { parts, failed } = this.#lazy;
    if (failed)
      return html`<h1 tabindex="-1">${msg('Door')}</h1>
        <p class="badge bad" role="alert">${warningIcon}${msg('This part of the app could not be loaded. The door stays shut. Check the connection, then try again.')}</p>
        <button class="button primary" @click=${this.#lazy.retry}>${msg('Try again')}</button>`;
    if (!parts) return nothing;
    if (this.view === 'owner') return html`<lintel-door-admin .office=${parts.office}></lintel-door-admin>`;
    return html`<lintel-door .desk=${parts.desk} .guard=${parts.office.guard}></lintel-door>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-door-view': LintelDoorView;
  }
}
