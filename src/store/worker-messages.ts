/** What a page says to the service worker. */
export type WorkerMessage =
  /** A person agreed to the update that waits here. */
  | { readonly type: 'SKIP_WAITING' }
  /** A page came under control for the first time and may already have loaded models. */
  | { readonly type: 'KEEP_LOADED' }
  /** Asks how this page stands; answered by a VersionStanding on the port that comes along. */
  | { readonly type: 'VERSION_ASK' }
  /** This page was on trial, tried itself, and works. */
  | { readonly type: 'VERSION_PROVED' }
  /** This page was on trial and does not work: the version before is to go on. */
  | { readonly type: 'VERSION_FAILED' }
  /** A person wants the version that failed to be tried once more. Answered on the port when that is arranged. */
  | { readonly type: 'VERSION_RETRY' };

export interface VersionStanding {
  /** The page runs a new version that has not shown yet that it works here. */
  readonly onTrial: boolean;
  /** A newer version failed here, and this one goes on in its place. */
  readonly rolledBack: boolean;
}
