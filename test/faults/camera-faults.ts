import type { Page } from '@playwright/test';
import type { LiveFailureCode } from '../../src/ui/live/live-state.ts';

/**
 * What can become of a camera that runs, put between a real one of the browser and the page. Refused: the track ends, and
 * whoever asks again is answered so until the fault is over.
 */
export type CameraFault = keyof typeof cameraFaults;

interface FaultRow {
  /** What `getUserMedia` answers while it lasts; `never`: nothing. */
  readonly refusal?: RefusalName;
  /** What becomes of the pictures while it lasts; they flow on where it says nothing, and no track is asked for. */
  readonly pictures?: 'ended' | 'muted' | 'frozen' | 'dark' | 'stale' | 'turned';
  /** A device comes or goes with it: `devicechange`, and the list of devices. */
  readonly device?: 'gone' | 'flaps';
  /** The code of the message that a person reads meanwhile; null: the view stays live. */
  readonly said: LiveFailureCode | null;
}

export type RefusalName = 'NotAllowedError' | 'SecurityError' | 'NotFoundError' | 'NotReadableError' | 'OverconstrainedError' | 'AbortError' | 'InvalidStateError' | 'TypeError' | 'never';

/** Every way in which a running camera can fail, and what is said of it. */
export const cameraFaults = {
  unplugged: { pictures: 'ended', refusal: 'NotFoundError', device: 'gone', said: 'camera-ended' },
  taken: { pictures: 'ended', refusal: 'NotReadableError', said: 'camera-ended' },
  crashed: { pictures: 'ended', refusal: 'AbortError', said: 'camera-ended' },
  'too narrow': { pictures: 'ended', refusal: 'OverconstrainedError', said: 'camera-ended' },
  'of an inactive page': { pictures: 'ended', refusal: 'InvalidStateError', said: 'camera-ended' },
  unexplained: { pictures: 'ended', refusal: 'TypeError', said: 'camera-ended' },
  'forbidden by the system': { pictures: 'ended', refusal: 'NotAllowedError', said: 'denied' },
  'forbidden by a policy': { pictures: 'ended', refusal: 'SecurityError', said: 'denied' },
  hung: { pictures: 'ended', refusal: 'never', said: 'camera-ended' },
  'ended once': { pictures: 'ended', said: 'camera-ended' },
  muted: { pictures: 'muted', said: 'camera-muted' },
  frozen: { pictures: 'frozen', said: 'frames-stopped' },
  dark: { pictures: 'dark', said: null },
  stale: { pictures: 'stale', said: null },
  turned: { pictures: 'turned', said: null },
  flapping: { device: 'flaps', said: null },
} as const satisfies Record<string, FaultRow>;

export const cameraFaultNames = Object.keys(cameraFaults) as readonly CameraFault[];

/** What the first question for a camera can come to, and what is said of it. */
export const firstRefusals: Readonly<Record<Exclude<RefusalName, 'InvalidStateError'>, LiveFailureCode>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  NotReadableError: 'busy',
  OverconstrainedError: 'overconstrained',
  AbortError: 'busy',
  TypeError: 'unsupported',
  never: 'busy',
};

interface FaultyCamera {
  begin(row: FaultRow): void;
  end(): void;
  /** When `getUserMedia` was called, on the page's clock. */
  readonly asksMs: number[];
  /** Tracks that the page was given and has not stopped, and the device's own behind them. */
  readonly liveTracks: () => number;
}

declare global {
  /** In a page with `installCameraFaults`. */
  var faultyCamera: FaultyCamera;
}

/** Before the page is opened. */
export async function installCameraFaults(page: Pick<Page, 'addInitScript'>): Promise<void> {
  await page.addInitScript(putFaultsBetween);
}

/** Runs in the page before any script. */
export function putFaultsBetween(): void {
  interface Given {
    readonly source: MediaStreamTrack;
    readonly track: MediaStreamTrack;
    isMuted: boolean;
  }
  /** Chromium's ways into a track and out of one. */
  interface Frames {
    readonly readable: ReadableStream<VideoFrame>;
  }
  const { MediaStreamTrackProcessor: Processor, MediaStreamTrackGenerator: Generator } = globalThis as unknown as {
    readonly MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => Frames;
    readonly MediaStreamTrackGenerator: new (init: { kind: 'video' }) => MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> };
  };
  const devices = navigator.mediaDevices;
  const real = { ask: devices.getUserMedia.bind(devices), list: devices.enumerateDevices.bind(devices) };
  const given = new Set<Given>();
  const asksMs: number[] = [];
  let fault: FaultRow = { said: null };
  let flaps: ReturnType<typeof setInterval> | undefined;
  const changed = (): void => void devices.dispatchEvent(new Event('devicechange'));

  devices.enumerateDevices = async () => (fault.device === 'gone' ? [] : real.list());
  devices.getUserMedia = async (constraints) => {
    asksMs.push(performance.now());
    const { refusal } = fault;
    if (refusal === 'never') return new Promise(() => undefined);
    if (refusal) throw refused(refusal);
    const [source] = (await real.ask(constraints)).getVideoTracks();
    if (!source) throw new DOMException('no track', 'NotFoundError');
    return new MediaStream([passOn(source)]);
  };

  function refused(name: Exclude<RefusalName, 'never'>): Error {
    if (name === 'TypeError') return new TypeError('made to fail');
    if (name === 'OverconstrainedError') return new OverconstrainedError('deviceId', 'made to fail');
    return new DOMException('made to fail', name);
  }

  /** A real track whose pictures are those of the source, or what the fault makes of them. */
  function passOn(source: MediaStreamTrack): MediaStreamTrack {
    const track = new Generator({ kind: 'video' });
    const entry: Given = { source, track, isMuted: fault.pictures === 'muted' };
    given.add(entry);
    const stop = track.stop.bind(track);
    Object.assign(track, {
      getSettings: () => source.getSettings(),
      getCapabilities: () => source.getCapabilities(),
      stop: () => {
        stop();
        source.stop();
      },
    });
    Object.defineProperties(track, { label: { get: () => source.label }, muted: { get: () => entry.isMuted } });
    void pump(new Processor({ track: source }).readable.getReader(), track.writable.getWriter()).catch(() => undefined);
    return track;
  }

  async function pump(reader: ReadableStreamDefaultReader<VideoFrame>, writer: WritableStreamDefaultWriter<VideoFrame>): Promise<void> {
    let kept: VideoFrame | null = null;
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const { pictures } = fault;
      if (pictures === 'stale') kept ??= value.clone();
      else {
        kept?.close();
        kept = null;
      }
      const made = pictureOf(value, kept);
      if (made !== value) value.close();
      if (made) await writer.write(made);
    }
    kept?.close();
  }

  /** null: none comes. */
  function pictureOf(frame: VideoFrame, kept: VideoFrame | null): VideoFrame | null {
    const { timestamp, displayWidth: width, displayHeight: height } = frame;
    if (kept) return new VideoFrame(kept, { timestamp });
    switch (fault.pictures) {
      case 'frozen':
      case 'muted':
        return null;
      case 'dark':
        return new VideoFrame(painted(width, height, () => undefined), { timestamp });
      case 'turned':
        // The middle of the picture upright in portrait, as a phone that is turned gives it: scaled, not squeezed.
        return new VideoFrame(
          painted(height, width, (pen) => {
            const scale = width / height;
            pen.drawImage(frame, (height - width * scale) / 2, 0, width * scale, height * scale);
          }),
          { timestamp },
        );
      default:
        return frame;
    }
  }

  function painted(width: number, height: number, paint: (pen: OffscreenCanvasRenderingContext2D) => void): OffscreenCanvas {
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no 2d canvas');
    pen.fillRect(0, 0, width, height);
    paint(pen);
    return canvas;
  }

  function endTracks(): void {
    for (const { track } of given) {
      if (track.readyState === 'ended') continue;
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  }

  function mute(isMuted: boolean): void {
    for (const entry of given) {
      if (entry.track.readyState === 'ended' || entry.isMuted === isMuted) continue;
      entry.isMuted = isMuted;
      entry.track.dispatchEvent(new Event(isMuted ? 'mute' : 'unmute'));
    }
  }

  globalThis.faultyCamera = {
    asksMs,
    liveTracks: () => [...given].flatMap(({ source, track }) => [source, track]).filter(({ readyState }) => readyState === 'live').length,
    begin: (row) => {
      fault = row;
      if (row.pictures === 'ended') endTracks();
      mute(row.pictures === 'muted');
      if (row.device === 'gone') changed();
      if (row.device === 'flaps') flaps = setInterval(changed, 30);
    },
    end: () => {
      const { device } = fault;
      fault = { said: null };
      clearInterval(flaps);
      mute(false);
      if (device) changed();
    },
  };
}
