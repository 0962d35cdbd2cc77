import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import type { Result } from '../base/index.ts';
import type { OfflineFailure, OfflineProgress } from '../store/index.ts';
import { formatPercent } from './i18n/format.ts';
import { warningIcon } from './icons/icons.ts';

type Work = (onProgress: (progress: OfflineProgress) => void, signal: AbortSignal) => Promise<Result<null, OfflineFailure>>;

/** One storing of files at a time for a view: how far it is, why it failed, and its end when the view goes. */
export class Storing implements ReactiveController {
  #progress: OfflineProgress | null = null;
  #failure: OfflineFailure | null = null;
  #stop: AbortController | null = null;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get isRunning(): boolean {
    return this.#progress !== null;
  }

  hostDisconnected(): void {
    this.#stop?.abort();
  }

  /** @param totalBytes to show before the first byte came */
  async run(totalBytes: number, work: Work): Promise<void> {
    const stop = (this.#stop = new AbortController());
    this.#set({ doneBytes: 0, totalBytes }, null);
    const stored = await work((progress) => this.#set(progress, null), stop.signal);
    this.#set(null, stored.ok || stored.failure.code === 'aborted' ? null : stored.failure);
  }

  /** The bar with its share and a way to stop, or why it failed; nothing otherwise. */
  render(): TemplateResult | typeof nothing {
    if (this.#failure) return html`<p class="badge bad" role="alert">${warningIcon}<span>${offlineFailureText(this.#failure)}</span></p>`;
    if (!this.#progress) return nothing;
    const fraction = this.#progress.doneBytes / Math.max(1, this.#progress.totalBytes);
    return html`<progress max="1" .value=${fraction} aria-label=${msg('Storing the models…')}></progress>
      <span class="value">${formatPercent(fraction)}</span>
      <button class="button" @click=${() => this.#stop?.abort()}>${msg('Cancel')}</button>`;
  }

  #set(progress: OfflineProgress | null, failure: OfflineFailure | null): void {
    this.#progress = progress;
    this.#failure = failure;
    this.#host.requestUpdate();
  }
}

function offlineFailureText({ code }: OfflineFailure): string {
  switch (code) {
    case 'network':
      return msg('The server did not answer. What is stored stays; try again when you are connected.');
    case 'corrupt':
      return msg('A file arrived damaged twice and was not kept. Reload the app, then try again.');
    case 'quota':
      return msg('The device has no room left. Free some space, then try again.');
    case 'unavailable':
      return msg('This browser lets nothing be stored here (a private window, perhaps), so models cannot be kept.');
    case 'unsupported':
      return msg('This page cannot store models: its address is not secure.');
    case 'aborted':
      return msg('Stopped. What is stored stays.');
  }
}
