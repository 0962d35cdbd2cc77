import type { CameraPlatform } from '../../src/camera/index.ts';

/** A phone's lens with torch and zoom, which no fake device of a browser has. */
export class PhoneTrack extends EventTarget {
  readonly label: string;
  readyState: MediaStreamTrackState = 'live';
  obeys = true;
  hangs = false;
  torch = false;
  zoom = 1;
  readonly applied: MediaTrackConstraints[] = [];

  constructor(readonly id: string) {
    super();
    this.label = `lens ${id}`;
  }

  getSettings(): object {
    return { deviceId: this.id, facingMode: this.id === 'front' ? 'user' : 'environment', torch: this.torch, zoom: this.zoom };
  }

  getCapabilities(): object {
    return this.id === 'front' ? {} : { torch: true, zoom: { min: 1, max: 8, step: 0.5 } };
  }

  applyConstraints(constraints: MediaTrackConstraints): Promise<void> {
    if (this.readyState === 'ended') return Promise.reject(new DOMException('ended', 'InvalidStateError'));
    this.applied.push(constraints);
    if (this.hangs) return new Promise(() => undefined);
    if (this.obeys) for (const set of constraints.advanced ?? []) Object.assign(this, set);
    return Promise.resolve();
  }

  stop(): void {
    this.readyState = 'ended';
  }
}

interface LensAsked {
  readonly deviceId?: { readonly exact: string };
  readonly facingMode?: { readonly exact?: string; readonly ideal?: string };
}

/**
 * Two lenses, one running at a time as on most phones; a lens in `broken` cannot be started. Calls named in `hangs` are
 * not answered before `answer` is called.
 */
export function phone() {
  const tracks: PhoneTrack[] = [];
  const broken = new Set<string>();
  const attached = ['back', 'front'];
  const hangs = new Set<'getUserMedia' | 'enumerateDevices' | 'query'>();
  const waiting: (() => void)[] = [];
  const permission: { state: PermissionState } = { state: 'granted' };
  const answered = <T>(call: 'getUserMedia' | 'enumerateDevices' | 'query', answer: () => Promise<T>): Promise<T> =>
    hangs.has(call) ? new Promise((resolve) => waiting.push(() => resolve(answer()))) : answer();
  const start = (wish: LensAsked): Promise<object> => {
    if (tracks.some((track) => track.readyState === 'live')) return Promise.reject(new DOMException('in use', 'NotReadableError'));
    const facing = wish.facingMode?.exact ?? wish.facingMode?.ideal;
    const wanted = wish.deviceId?.exact ?? (facing === 'user' ? 'front' : (attached[0] ?? ''));
    if (!attached.includes(wanted)) return Promise.reject(new DOMException('', 'OverconstrainedError'));
    if (broken.has(wanted)) return Promise.reject(new DOMException('broken', 'NotReadableError'));
    const track = new PhoneTrack(wanted);
    tracks.push(track);
    return Promise.resolve({ getVideoTracks: () => [track], getTracks: () => [track] });
  };
  const media = {
    getUserMedia: ({ video }: MediaStreamConstraints) => answered('getUserMedia', () => start(video as LensAsked)),
    enumerateDevices: () => answered('enumerateDevices', () => Promise.resolve(attached.map((deviceId) => ({ kind: 'videoinput', deviceId, label: deviceId })))),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  };
  const permissions = { query: () => answered('query', () => Promise.resolve(permission)) };
  const platform = { isSecure: true, media, permissions } as unknown as CameraPlatform;
  /** Answers, late, everything that hangs. */
  const answer = (): void => {
    for (const each of waiting.splice(0)) each();
  };
  return { platform, tracks, broken, attached, hangs, permission, answer };
}
