import { provide } from '@lit/context';
import { localized } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { goTo } from '../app/router.ts';
import type { PeoplePath } from '../app/routes.ts';
import { descriptorModelsContext, faceCameraContext, vaultContext } from '../contexts.ts';
import '../door/lintel-owner-gate.ts';
import type { Person, Vault } from '../../store/index.ts';
import type { DescriptorModels } from './descriptor-model.ts';
import type { FaceCamera } from './face-camera.ts';
import './backup/lintel-backup.ts';
import './lintel-enrol.ts';
import './lintel-people-list.ts';
import './lintel-receipts.ts';
import './lintel-test-me.ts';
import type { PersonWanted } from './people-events.ts';
import type { PeopleParts } from './people-parts.ts';
import './person/lintel-person.ts';

/** The pages of people: who is kept, and what can be done about it. Behind the owner's PIN where there is an owner. */
@localized()
@customElement('lintel-people')
export class LintelPeople extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    lintel-owner-gate {
      position: fixed;
      inset: 0;
      z-index: 20;
    }
  `;

  @property({ attribute: false }) parts!: PeopleParts;
  @property() view: PeoplePath = '/people';
  @provide({ context: vaultContext }) @property({ attribute: false }) vault!: Vault;
  @provide({ context: faceCameraContext }) @property({ attribute: false }) camera!: FaceCamera;
  @provide({ context: descriptorModelsContext }) @property({ attribute: false }) models!: DescriptorModels;
  @state() private isOpen = false;
  /** An owner is known and has not come in. */
  @state() private gated = false;
  /** Whose page was asked for. It lasts as long as this page of the browser. */
  @state() private wanted: PersonWanted | null = null;
  @state() private again: Person | null = null;
  #opening: Promise<void> = Promise.resolve();

  constructor() {
    super();
    this.addEventListener('person-open', this.#openPerson);
    this.addEventListener('person-enrol', this.#enrolAgain);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('parts')) return;
    ({ vault: this.vault, camera: this.camera, models: this.models } = this.parts);
    this.#opening = this.#open();
  }

  override render(): TemplateResult | typeof nothing {
    if (this.gated) return html`<lintel-owner-gate .guard=${this.parts.guard} @owner-in=${() => (this.#opening = this.#open())} @owner-away=${() => goTo(this, '/')}></lintel-owner-gate>`;
    return this.isOpen ? this.#page() : nothing;
  }

  #page(): TemplateResult {
    const { view, wanted, again } = this;
    switch (view) {
      case '/people/enrol':
        return html`<lintel-enrol .person=${null}></lintel-enrol>`;
      case '/people/again':
        return again ? html`${keyed(again.id, html`<lintel-enrol .person=${again}></lintel-enrol>`)}` : this.#list();
      case '/people/person':
        return wanted ? html`${keyed(wanted, html`<lintel-person .personId=${wanted.id} .said=${wanted.said}></lintel-person>`)}` : this.#list();
      case '/people/receipts':
        return html`<lintel-receipts></lintel-receipts>`;
      case '/people/backup':
        return html`<lintel-backup></lintel-backup>`;
      case '/people/test':
        return html`<lintel-test-me .doorRate=${this.parts.doorRate}></lintel-test-me>`;
      case '/people':
        return this.#list();
    }
  }

  #list(): TemplateResult {
    return html`<lintel-people-list></lintel-people-list>`;
  }

  async #open(): Promise<void> {
    const { guard } = this.parts;
    this.gated = (await guard.hasOwner()) && !guard.isIn;
    this.isOpen = !this.gated;
  }

  readonly #openPerson = (event: Event): void => {
    this.wanted = (event as CustomEvent<PersonWanted>).detail;
    goTo(this, '/people/person');
  };

  readonly #enrolAgain = (event: Event): void => {
    this.again = (event as CustomEvent<Person>).detail;
    goTo(this, '/people/again');
  };

  protected override async getUpdateComplete(): Promise<boolean> {
    const updated = await super.getUpdateComplete();
    await this.#opening;
    await super.getUpdateComplete();
    const shown = this.renderRoot.firstElementChild;
    if (shown instanceof LitElement) await shown.updateComplete;
    return updated;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-people': LintelPeople;
  }
}
