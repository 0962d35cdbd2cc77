/** What a response is to the browser; each kind has a content security policy of its own. */
export type ResponseKind = 'document' | 'worker' | 'service-worker' | 'other';

export interface SecurityOptions {
  /**
   * Tell browsers to use only https for this host from now on. Not for a certificate of the local authority:
   * the promise holds for every port of a host, so it would break other servers on `localhost` and the plain-http
   * page where a phone fetches the authority's certificate.
   */
  readonly httpsOnly: boolean;
}

type Policy = Readonly<Record<string, readonly string[]>>;

const self = "'self'";
const none = "'none'";

/**
 * Trusted Types: `lit-html` is the policy that lit makes for its own templates, `lintel` is ours (worker and service
 * worker addresses). No `default` policy: a string that reaches a script sink by another way is refused.
 */
const documentPolicy: Policy = {
  'default-src': [none],
  'script-src': [self, "'wasm-unsafe-eval'"],
  'style-src': [self],
  'img-src': [self, 'data:', 'blob:'],
  'media-src': [self, 'blob:'],
  'font-src': [self],
  'connect-src': [self],
  'worker-src': [self],
  'manifest-src': [self],
  'base-uri': [none],
  'form-action': [none],
  'frame-ancestors': [none],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['lintel', 'lit-html'],
};

/**
 * The pipeline's worker. tfjs's threaded wasm build starts its threads from a `blob:` address (worker-src), and each
 * thread, which inherits this policy, loads the same code with `importScripts(blob:)` (script-src). The build hands
 * both addresses to the policy `lintel-threads`, which takes `blob:` addresses of this origin and no other.
 * Ref: @tensorflow/tfjs-backend-wasm 4.22, dist/backend_wasm.js and wasm-out/tfjs-backend-wasm-threaded-simd.worker.js
 */
const workerPolicy: Policy = {
  'default-src': [none],
  'script-src': [self, 'blob:', "'wasm-unsafe-eval'"],
  'worker-src': [self, 'blob:'],
  'connect-src': [self],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['lintel-threads'],
};

const serviceWorkerPolicy: Policy = {
  'default-src': [none],
  'script-src': [self],
  'connect-src': [self],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': [none],
};

/** For what is no program: opened by itself it may do nothing at all. */
const otherPolicy: Policy = { 'default-src': [none], 'base-uri': [none], 'form-action': [none], 'frame-ancestors': [none] };

const policies: Readonly<Record<ResponseKind, string>> = {
  document: written(documentPolicy),
  worker: written(workerPolicy),
  'service-worker': written(serviceWorkerPolicy),
  other: written(otherPolicy),
};

/** The camera for us; for the door full screen, a screen that stays on, the owner's passkey and a relay on a serial line; the rest of what browsers know, off. */
const permissions = [
  ...['camera', 'fullscreen', 'screen-wake-lock', 'publickey-credentials-create', 'publickey-credentials-get', 'serial'].map((feature) => `${feature}=(self)`),
  ...[
    'accelerometer',
    'autoplay',
    'browsing-topics',
    'captured-surface-control',
    'clipboard-read',
    'clipboard-write',
    'compute-pressure',
    'digital-credentials-get',
    'display-capture',
    'encrypted-media',
    'gamepad',
    'geolocation',
    'gyroscope',
    'hid',
    'identity-credentials-get',
    'idle-detection',
    'keyboard-map',
    'language-detector',
    'language-model',
    'local-fonts',
    'local-network-access',
    'magnetometer',
    'microphone',
    'midi',
    'on-device-speech-recognition',
    'otp-credentials',
    'payment',
    'picture-in-picture',
    'private-state-token-issuance',
    'private-state-token-redemption',
    'speaker-selection',
    'storage-access',
    'summarizer',
    'sync-xhr',
    'translator',
    'usb',
    'window-management',
    'xr-spatial-tracking',
  ].map((feature) => `${feature}=()`),
].join(', ');

/** The security headers of one response. Every response carries them, errors included. */
export function securityHeaders(kind: ResponseKind, options: SecurityOptions): Record<string, string> {
  return { 'content-security-policy': policyOf(kind), ...commonHeaders(options) };
}

/** The content security policy of this kind of response. */
export function policyOf(kind: ResponseKind): string {
  return policies[kind];
}

/** What every response carries beside its policy, whatever it is. */
export function commonHeaders(options: SecurityOptions): Record<string, string> {
  return {
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': permissions,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(options.httpsOnly ? { 'strict-transport-security': 'max-age=15552000' } : {}),
  };
}

function written(policy: Policy): string {
  return Object.entries(policy)
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ');
}
