import type { CameraPlatform } from '../../src/camera/index.ts';

/** A phone's lens with torch and zoom, which no fake device of a browser has. */
export class PhoneTrack extends EventTarget {
  readonly label: string;
  readyState: MediaStreamTrackState = 'live';
  obeys = true;
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
    if (this.obeys) for (const set of constraints.advanced ?? []) Object.assign(this, set);
    return Promise.resolve();
  }

  stop(): void {
    this.readyState = 'ended';
  }
}

/**
 * Two lenses, one running at a time as on most phones; a lens in `broken` cannot be started. Calls named in `hangs` are
 * never answered, until `answer` answers those to `getUserMedia` late.
 */
export function phone() {
  const tracks: PhoneTrack[] = [];
  const broken = new Set<string>();
  const attached = ['back', 'front'];
  const hangs = new Set<'getUserMedia' | 'enumerateDevices' | 'query' | 'applyConstraints'>();
  const late: (() => void)[] = [];
  const answered = <T>(call: 'getUserMedia' | 'enumerateDevices' | 'query', answer: () => Promise<T>): Promise<T> =>
    hangs.has(call) ? new Promise((resolve) => late.push(() => resolve(answer()))) : answer();
  let permission: PermissionState = 'granted';
  const media = {
    getUserMedia: ({ video }: MediaStreamConstraints) => {
      const wish = video as { deviceId?: { exact: string }; facingMode?: { exact?: string; ideal?: string } };
      if (tracks.some((track) => track.readyState === 'live')) return Promise.reject(new DOMException('in use', 'NotReadableError'));
      const facing = wish.facingMode?.exact ?? wish.facingMode?.ideal;
      const wanted = wish.deviceId?.exact ?? (facing === 'user' ? 'front' : (attached[0] ?? ''));
      if (!attached.includes(wanted)) return Promise.reject(new DOMException('', 'OverconstrainedError'));
      if (broken.has(wanted)) return Promise.reject(new DOMException('broken', 'NotReadableError'));
      const track = new PhoneTrack(wanted);
      tracks.push(track);
      return Promise.resolve({ getVideoTracks: () => [track], getTracks: () => [track] });
    },
    enumerateDevices: () => Promise.resolve(attached.map((deviceId) => ({ kind: 'videoinput', deviceId, label: deviceId }))),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  };
  const platform: CameraPlatform = { isSecure: true, media: media as unknown as NonNullable<CameraPlatform['media']>, permissions: undefined };
  return { platform, tracks, broken, attached };
}
