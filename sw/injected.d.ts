/** A file with a content-addressed address, as far as the service worker needs to know it. */
interface ShippedAsset {
  /** Same-origin path, e.g. `/wasm/0f3a5c7e9b21/tfjs-backend-wasm.wasm`. */
  readonly url: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Every model and wasm file of this build; put in by sw/vite.config.ts. */
declare const __LINTEL_ASSETS__: readonly ShippedAsset[];

/** Names this build: 12 hexadecimal digits of the hash of its files' list. */
declare const __LINTEL_VERSION__: string;

/** How long a new version may take to show that it works, while somebody looks at it. */
declare const __LINTEL_TRIAL_MS__: number;
