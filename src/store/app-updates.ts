import { Workbox } from 'workbox-window';
import type { Failure, Result } from '../base/index.ts';
import { err, messageOf, ok } from '../base/index.ts';
import { askStanding, askWorker, tellWorker } from './worker-line.ts';

/**
 * - `unsupported`: no service worker here (insecure page, or the browser has none); the app needs the network.
 * - `registering`: the first version is being stored, or the service worker is being looked up.
 * - `current`: this page runs the newest version known, and opens offline.
 * - `waiting`: a newer version is stored and waits for `apply()`.
 * - `applying`: the newer version takes over; the page is about to reload.
 * - `failed`: the service worker could not be registered or stored; `failure` says why.
 * - `rolled-back`: a newer version did not work on this device, and this one goes on in its place; `apply()` tries it again.
 */
export type UpdateState = 'unsupported' | 'registering' | 'current' | 'waiting' | 'applying' | 'failed' | 'rolled-back';

export type UpdateFailure = Failure<'unsupported' | 'registration' | 'network'>;

/** The app's own versions. A new one never takes over by itself. */
export interface AppUpdates {
  readonly state: UpdateState;
  readonly failure: UpdateFailure | null;
  /** Told after each change of `state`. Returns the way to stop. */
  subscribe(listener: (state: UpdateState) => void): () => void;
  /**
   * The person agreed: lets the waiting version take over, then reloads the page; while somebody holds updates back, as soon
   * as nobody does. Does nothing in states where no other version is there.
   */
  apply(): void;
  /** Holds updates back, while a door works out whether to open. Returns the way to let them go. */
  hold(): () => void;
  /**
   * A new version shows on its first page whether it works here. Where this page is on trial, `test` is run, and the version
   * before comes back if it fails. Everywhere else it does nothing.
   */
  proveItself(test: () => Promise<Result<unknown>>): Promise<void>;
  /** Asks the server for a newer version now. Without a network that is a `network` failure, and nothing changes. */
  check(): Promise<Result<null, UpdateFailure>>;
}

/** A TrustedScriptURL where the page requires trusted types. */
type ScriptUrl = ConstructorParameters<typeof Workbox>[0];

export interface AppUpdatesOptions {
  /** Address of the service worker's script. */
  readonly scriptUrl: ScriptUrl;
  readonly reload?: () => void;
}

/** Registers the service worker once the page has loaded, and follows its versions from then on. */
export function createAppUpdates({ scriptUrl, reload = () => location.reload() }: AppUpdatesOptions): AppUpdates {
  const updates = new ServiceWorkerUpdates(reload);
  void updates.begin(scriptUrl);
  return updates;
}

class ServiceWorkerUpdates implements AppUpdates {
  #state: UpdateState = 'registering';
  #failure: UpdateFailure | null = null;
  #workbox: Workbox | null = null;
  #registration: ServiceWorkerRegistration | null = null;
  /** Another tab agreed to an update: the new version controls this page, which still runs the old one. */
  #replaced = false;
  #rolledBack = false;
  #holds = 0;
  #agreed = false;
  readonly #listeners = new Set<(state: UpdateState) => void>();

  constructor(private readonly reload: () => void) {}

  get state(): UpdateState {
    return this.#state;
  }

  get failure(): UpdateFailure | null {
    return this.#failure;
  }

  subscribe(listener: (state: UpdateState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async begin(scriptUrl: ScriptUrl): Promise<void> {
    if (!('serviceWorker' in navigator)) {
      this.#fail('unsupported', 'unsupported', 'this page has no service workers');
      return;
    }
    this.#watchController();
    this.#workbox = new Workbox(scriptUrl);
    try {
      const registration = await this.#workbox.register();
      this.#rolledBack = (await askStanding())?.rolledBack ?? false;
      if (registration) this.#follow(registration);
    } catch (thrown) {
      this.#fail('failed', 'registration', messageOf(thrown));
    }
  }

  apply(): void {
    if (this.#state !== 'waiting' && this.#state !== 'rolled-back') return;
    this.#agreed = this.#holds > 0;
    if (this.#agreed) return;
    const isRetry = this.#state === 'rolled-back';
    this.#enter('applying');
    if (isRetry) void askWorker({ type: 'VERSION_RETRY' }).then(this.reload);
    else this.#takeWaiting();
  }

  hold(): () => void {
    let held = true;
    this.#holds++;
    return () => {
      if (!held) return;
      held = false;
      this.#holds--;
      if (this.#agreed) this.apply();
    };
  }

  async proveItself(test: () => Promise<Result<unknown>>): Promise<void> {
    if (!(await askStanding())?.onTrial) return;
    const tested = await test();
    tellWorker({ type: tested.ok ? 'VERSION_PROVED' : 'VERSION_FAILED' });
  }

  #takeWaiting(): void {
    if (this.#replaced || !this.#registration?.waiting) this.reload();
    else this.#workbox?.messageSkipWaiting();
  }

  async check(): Promise<Result<null, UpdateFailure>> {
    if (this.#failure) return { ok: false, failure: this.#failure };
    try {
      await this.#registration?.update();
      return ok(null);
    } catch (thrown) {
      return err('network', messageOf(thrown));
    }
  }

  /** Workbox reports only the first update after its own registration; a page that stays open for weeks sees more. */
  #follow(registration: ServiceWorkerRegistration): void {
    this.#registration = registration;
    const watch = (): void => registration.installing?.addEventListener('statechange', () => this.#look(registration));
    registration.addEventListener('updatefound', watch);
    watch();
    this.#look(registration);
  }

  #look({ active, waiting, installing }: ServiceWorkerRegistration): void {
    if (this.#state === 'applying' || this.#replaced) return;
    if (active && waiting) this.#enter('waiting');
    else if (active) this.#enter(this.#rolledBack ? 'rolled-back' : 'current');
    else if (!installing && !waiting) this.#fail('failed', 'registration', 'the first version could not be stored');
  }

  #watchController(): void {
    let controlled = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (this.#state === 'applying') this.reload();
      else if (controlled) {
        this.#replaced = true;
        this.#enter('waiting');
      } else tellWorker({ type: 'KEEP_LOADED' });
      controlled = true;
    });
  }

  #fail(state: UpdateState, code: UpdateFailure['code'], detail: string): void {
    this.#failure = { code, detail };
    this.#enter(state);
  }

  #enter(state: UpdateState): void {
    if (state === 'current') this.#failure = null;
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
