import { provide } from '@lit/context';
import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Pipeline } from '../../pipeline/index.ts';
import type { AppUpdates, KeptKind, OfflineAssets, UpdateState } from '../../store/index.ts';
import { offlineContext, pipelineContext, sessionContext, settingsContext, shelfContext, updatesContext, workbenchContext } from '../contexts.ts';
import type { DoorParts } from '../door/door-parts.ts';
import '../door/lintel-door-view.ts';
import '../health/lintel-health.ts';
import type { KeptThings } from '../kept-things.ts';
import '../licences/lintel-licences.ts';
import { backIcon } from '../icons/icons.ts';
import '../live/lintel-live.ts';
import type { LiveSession } from '../live/live-session.ts';
import '../models/lintel-models.ts';
import type { ModelShelf } from '../models/model-shelf.ts';
import type { Workbench } from '../models/workbench.ts';
import type { PeopleParts } from '../people/people-parts.ts';
import '../people/lintel-people-view.ts';
import type { SettingsModel } from '../settings-model.ts';
import '../settings/lintel-settings.ts';
import { controls } from '../styles/controls.ts';
import { headingOf } from './heading-of.ts';
import { lostText } from './lost-text.ts';
import { Router } from './router.ts';
import { doorRoute, isPeoplePath, liveRoute, pageRoutes, titleOf } from './routes.ts';
import type { Route } from './routes.ts';

/** What the entry builds once for the app. */
export interface AppParts {
  readonly session: LiveSession;
  readonly settings: SettingsModel;
  readonly offline: OfflineAssets;
  readonly updates: AppUpdates;
  readonly kept: KeptThings;
  readonly pipeline: Pipeline;
  readonly shelf: ModelShelf;
  readonly workbench: Workbench;
  /** Loads the door when it is first wanted. */
  readonly door: () => Promise<DoorParts>;
  /** Loads the pages of people when they are first wanted. */
  readonly people: () => Promise<PeopleParts>;
}

/** The shell: routes, tabs of the reading pages, the question about a new version. Empty until it has its parts. */
@customElement('lintel-app')
export class LintelApp extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
      }
      .live {
        position: fixed;
        inset: 0;
        block-size: 100dvh;
      }
      nav {
        position: sticky;
        inset-block-start: 0;
        z-index: 2;
        padding: calc(var(--gap-2) + var(--inset-top)) max(var(--gap-3), var(--inset-right)) 0 max(var(--gap-3), var(--inset-left));
        border-block-end: 1px solid var(--line);
        background: var(--surface-0);
      }
      nav ul {
        display: flex;
        align-items: center;
        gap: var(--gap-1);
        max-inline-size: 720px;
        margin-inline: auto;
        overflow-x: auto;
        scrollbar-width: none;
      }
      nav a {
        display: flex;
        align-items: center;
        gap: 6px;
        min-block-size: var(--target);
        padding-inline: var(--gap-3);
        border-block-end: 3px solid transparent;
        border-radius: var(--radius-s) var(--radius-s) 0 0;
        color: var(--text-2);
        font-weight: 600;
        text-decoration: none;
        white-space: nowrap;
      }
      nav a:hover {
        color: var(--text-1);
      }
      nav a:focus-visible {
        outline-offset: -3px;
      }
      nav a[aria-current='page'] {
        border-color: var(--amber);
        color: var(--text-1);
      }
      nav li.back {
        position: sticky;
        inset-inline-start: 0;
        background: var(--surface-0);
      }
      nav .back {
        margin-inline-end: auto;
        padding-inline-start: 0;
        color: var(--text-1);
      }
      @media (max-width: 430px) {
        nav a {
          padding-inline: 10px;
        }
        nav .back span {
          position: absolute;
          clip-path: inset(50%);
        }
        nav .back a {
          padding-inline-end: var(--gap-5);
        }
      }
      .update {
        position: fixed;
        inset-block-end: calc(var(--gap-4) + var(--inset-bottom));
        inset-inline: var(--gap-4);
        z-index: 10;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2) var(--gap-4);
        max-inline-size: 520px;
        margin-inline: auto;
        padding: var(--gap-3) var(--gap-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface-1);
        color: var(--text-1);
        box-shadow: 0 10px 34px rgb(0 0 0 / 0.34);
      }
      .update p {
        flex: 1 1 200px;
      }
    `,
  ];

  @property({ attribute: false }) parts: AppParts | null = null;
  @provide({ context: sessionContext }) @property({ attribute: false }) session!: LiveSession;
  @provide({ context: settingsContext }) @property({ attribute: false }) settings!: SettingsModel;
  @provide({ context: offlineContext }) @property({ attribute: false }) offline!: OfflineAssets;
  @provide({ context: updatesContext }) @property({ attribute: false }) updates!: AppUpdates;
  @provide({ context: pipelineContext }) @property({ attribute: false }) pipeline!: Pipeline;
  @provide({ context: shelfContext }) @property({ attribute: false }) shelf!: ModelShelf;
  @provide({ context: workbenchContext }) @property({ attribute: false }) workbench!: Workbench;
  @state() private updateState: UpdateState = 'registering';
  @state() private later = false;
  @state() private unread: readonly KeptKind[] = [];

  readonly #router = new Router(this);
  #shown: Route | null = null;
  #leaveUpdates: (() => void) | null = null;
  #leaveKept: (() => void) | null = null;

  constructor() {
    super();
    // The element stands in the document before its class does: what a decorator adds to the class comes too late for it.
    updateWhenLocaleChanges(this);
  }

  override disconnectedCallback(): void {
    this.#leaveUpdates?.();
    this.#leaveUpdates = null;
    super.disconnectedCallback();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('parts') || !this.parts) return;
    ({ session: this.session, settings: this.settings, offline: this.offline, updates: this.updates, pipeline: this.pipeline } = this.parts);
    ({ shelf: this.shelf, workbench: this.workbench } = this.parts);
    this.updateState = this.updates.state;
    this.unread = this.parts.kept.unread;
    this.#leaveKept?.();
    this.#leaveKept = this.parts.kept.subscribe((unread) => (this.unread = unread));
    this.#leaveUpdates?.();
    this.#leaveUpdates = this.updates.subscribe((now) => {
      this.updateState = now;
    });
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.parts) return nothing;
    const { route } = this.#router;
    return html`${this.#main(route)}${this.#update(route)}`;
  }

  /** A new page begins at its top, with its heading read out, and never on the first load. */
  override updated(): void {
    if (!this.parts) return;
    const { route } = this.#router;
    document.title = titleOf(route);
    const before = this.#shown;
    this.#shown = route;
    if (before === route) return;
    this.renderRoot.querySelector('nav [aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
    if (!before) return;
    scrollTo(0, 0);
    void this.#focusHeading();
  }

  async #focusHeading(): Promise<void> {
    const view = this.renderRoot.querySelector<LitElement>('main > *');
    await view?.updateComplete;
    if (view) headingOf(view)?.focus();
  }

  #main(route: Route): TemplateResult {
    if (route === liveRoute) return html`<main class="live"><lintel-live></lintel-live></main>`;
    if (route === doorRoute) return html`<lintel-door-view view="screen" .load=${this.parts?.door ?? null}></lintel-door-view>`;
    return this.#page(route);
  }

  #page(route: Route): TemplateResult {
    return html`<nav aria-label=${msg('Pages')}>
        <ul>
          <li class="back"><a class="back" href="/">${backIcon}<span>${msg('Camera')}</span></a></li>
          ${pageRoutes.map(
            (page) => html`<li><a href=${page.path} aria-current=${page.path === (route.tab ?? route.path) ? 'page' : 'false'}>${page.name()}</a></li>`,
          )}
        </ul>
      </nav>
      <main>${this.#view(route)}</main>`;
  }

  #view(route: Route): TemplateResult {
    if ((route.tab ?? route.path) === '/models') return html`<lintel-models .view=${route.path}></lintel-models>`;
    if (route.path === '/door/admin') return html`<lintel-door-view view="owner" .load=${this.parts?.door ?? null}></lintel-door-view>`;
    if (isPeoplePath(route.path)) return html`<lintel-people-view .view=${route.path} .load=${this.parts?.people ?? null}></lintel-people-view>`;
    if (route.path === '/licences') return html`<lintel-licences></lintel-licences>`;
    return route.path === '/health' ? html`<lintel-health></lintel-health>` : html`<lintel-settings></lintel-settings>`;
  }

  /** While somebody looks through the camera, or at a door, the question waits: it is asked on the welcome screen and the pages. */
  #update(route: Route): TemplateResult | typeof nothing {
    const busy = route === doorRoute || (route === liveRoute && this.session.state.phase !== 'idle');
    if (busy) return nothing;
    if (this.unread.length > 0) {
      return html`<div class="update" role="status">
        <p>${lostText(this.unread)}</p>
        <button class="button" @click=${() => this.parts?.kept.acknowledge()}>${msg('All right')}</button>
      </div>`;
    }
    if (this.later) return nothing;
    if (this.updateState === 'rolled-back') {
      return html`<div class="update" role="status">
        <p>${msg('A new version did not work on this device, so the one before it goes on. Nothing was lost.')}</p>
        <button class="button" @click=${() => (this.later = true)}>${msg('All right')}</button>
      </div>`;
    }
    if (this.updateState !== 'waiting') return nothing;
    return html`<div class="update" role="status">
      <p>${msg('A new version is ready. It takes over with a reload.')}</p>
      <button class="button primary" @click=${() => this.updates.apply()}>${msg('Update now')}</button>
      <button class="button" @click=${() => (this.later = true)}>${msg('Later')}</button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-app': LintelApp;
  }
}
