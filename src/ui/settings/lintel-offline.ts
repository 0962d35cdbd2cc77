import { consume } from '@lit/context';
import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AppUpdates, OfflineAssets, UpdateState } from '../../store/index.ts';
import { offlineContext, updatesContext } from '../contexts.ts';
import { formatBytes } from '../i18n/format.ts';
import { checkIcon, downloadIcon } from '../icons/icons.ts';
import { storageEstimate } from '../storage-estimate.ts';
import { Storing } from '../storing.ts';
import { controls } from '../styles/controls.ts';
import { pagePart } from '../styles/page-part.ts';
import { page } from '../styles/page.ts';

interface Stored {
  readonly bytes: number;
  readonly totalBytes: number;
}

/** Whether the app works without a network, how to make it so, and what it takes of the device. */
@localized()
@customElement('lintel-offline')
export class LintelOffline extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    css`
      .row progress,
      .row p {
        flex: 1 1 100%;
      }
    `,
  ];

  @consume({ context: offlineContext })
  @property({ attribute: false })
  offline!: OfflineAssets;

  @consume({ context: updatesContext })
  @property({ attribute: false })
  updates!: AppUpdates;

  @state() private stored: Stored | null = null;
  @state() private usage: StorageEstimate | null = null;
  @state() private updateState: UpdateState = 'registering';
  @state() private checked: 'no' | 'asking' | 'unreachable' | 'newest' = 'no';
  readonly #storing = new Storing(this);
  #leave: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.updateState = this.updates.state;
    this.#leave = this.updates.subscribe((now) => {
      this.updateState = now;
    });
    void this.#measure();
  }

  override disconnectedCallback(): void {
    this.#leave?.();
    super.disconnectedCallback();
  }

  override render(): TemplateResult {
    return html`<div class="card">
      <div class="row">${this.#availability()}</div>
      <div class="row">
        <span class="text"><span class="name">${msg('Storage')}</span><span class="hint">${this.#storageText()}</span></span>
        ${this.stored && this.stored.bytes > 0
          ? html`<button class="button" @click=${() => void this.#remove()}>${msg('Remove stored models')}</button>`
          : nothing}
      </div>
      <div class="row">
        <span class="text"><span class="name">${msg('Version')}</span><span class="hint" role="status">${this.#updateText()}</span></span>
        ${this.updateState === 'waiting' || this.updateState === 'rolled-back'
          ? html`<button class="button primary" @click=${() => this.updates.apply()}>${this.updateState === 'waiting' ? msg('Update now') : msg('Try the new version again')}</button>`
          : html`<button class="button" ?disabled=${this.checked === 'asking'} @click=${() => void this.#check()}>${msg('Look for updates')}</button>`}
      </div>
    </div>`;
  }

  #availability(): TemplateResult {
    const { stored } = this;
    if (this.#storing.isRunning) return html`<span class="text"><span class="name">${msg('Storing the models…')}</span></span>${this.#storing.render()}`;
    const complete = stored !== null && stored.bytes >= stored.totalBytes;
    if (complete) return html`<span class="text"><span class="name">${msg('Available offline')}</span></span><span class="badge good">${checkIcon}${msg('Everything is stored')}</span>`;
    return html`<span class="text">
        <span class="name">${msg('Available offline')}</span>
        <span class="hint">${stored ? msg(str`${formatBytes(stored.bytes)} of ${formatBytes(stored.totalBytes)} are stored`) : msg('Looking…')}</span>
      </span>
      <button class="button primary" ?disabled=${!stored} @click=${() => void this.#store()}>${downloadIcon}${msg('Make available offline')}</button>
      ${this.#storing.render()}`;
  }

  #storageText(): string {
    const { usage, quota } = this.usage ?? {};
    if (usage === undefined || quota === undefined) return msg('This browser does not tell');
    return msg(str`${formatBytes(usage)} used, ${formatBytes(Math.max(0, quota - usage))} free for this app`);
  }

  #updateText(): string {
    if (this.checked === 'unreachable') return msg('The server cannot be reached now. This version goes on working.');
    switch (this.updateState) {
      case 'waiting':
        return msg('A new version is ready. It takes over with a reload.');
      case 'applying':
        return msg('Updating…');
      case 'registering':
        return msg('Storing the app…');
      case 'unsupported':
        return msg('This page cannot work offline: its address is not secure, or the browser lacks service workers.');
      case 'failed':
        return msg('The app could not be stored, so it needs the network next time.');
      case 'rolled-back':
        return msg('A new version did not work on this device, so this one goes on. Nothing was lost. The next one is taken when it comes.');
      case 'current':
        return this.checked === 'newest' ? msg('This is the newest version.') : msg('The app itself opens without a network.');
    }
  }

  async #measure(): Promise<void> {
    const status = await this.offline.status();
    const bytesOf = (list: typeof status): number => list.reduce((sum, { asset }) => sum + asset.bytes, 0);
    this.stored = { bytes: bytesOf(status.filter(({ cached }) => cached)), totalBytes: bytesOf(status) };
    this.usage = await storageEstimate();
  }

  async #store(): Promise<void> {
    await this.#storing.run(this.stored?.totalBytes ?? 0, (onProgress, signal) => this.offline.makeAvailable(onProgress, signal));
    await this.#measure();
  }

  async #remove(): Promise<void> {
    await this.#storing.run(this.stored?.totalBytes ?? 0, () => this.offline.remove());
    await this.#measure();
  }

  async #check(): Promise<void> {
    this.checked = 'asking';
    const checked = await this.updates.check();
    this.checked = checked.ok ? 'newest' : 'unreachable';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-offline': LintelOffline;
  }
}
