import type { Size } from '../geometry/index.ts';
import type { Facing } from './constraints.ts';

/** A zoom that the track can do, in the camera's own unit (1 is the widest on most phones). */
export interface ZoomRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
}

/** What can be set on the running track: a control is offered only when its track has it. */
export interface CameraControls {
  readonly torch: boolean;
  readonly zoom: ZoomRange | null;
}

/** What a running camera says about itself. */
export interface CameraFacts {
  /** Stable for this origin while its permission lives; null where the browser keeps it to itself. */
  readonly lensId: string | null;
  /** The browser's name for the lens, in the language of the system. */
  readonly label: string;
  readonly facing: Facing | null;
  /** Size that the track reports, in pixels; null before the first frame on some devices. */
  readonly size: Size | null;
  /** Frames per second that the track was set to; null when unknown. */
  readonly frameRate: number | null;
  /** Whether a preview should be mirrored by default: true for a lens that is known to face its user. */
  readonly mirrored: boolean;
  readonly torchOn: boolean;
  readonly controls: CameraControls;
}

/** Capabilities of W3C MediaStream Image Capture, which the language's library does not list. */
interface ImageCapabilities {
  readonly torch?: boolean | readonly boolean[];
  readonly zoom?: { readonly min?: number; readonly max?: number; readonly step?: number };
}

export type FactTrack = Pick<MediaStreamTrack, 'label' | 'getSettings'> & Partial<Pick<MediaStreamTrack, 'getCapabilities'>>;

/** Reads settings and capabilities. Nothing is taken on trust: a value of the wrong kind counts as absent. */
export function factsOf(track: FactTrack): CameraFacts {
  const settings = track.getSettings();
  const capabilities: MediaTrackCapabilities & ImageCapabilities = track.getCapabilities?.() ?? {};
  const facing = facingOf(settings.facingMode) ?? (capabilities.facingMode?.length === 1 ? facingOf(capabilities.facingMode[0]) : null);
  return {
    lensId: textOrNull(settings.deviceId),
    label: track.label,
    facing,
    size: sizeOf(settings.width, settings.height),
    frameRate: positiveOrNull(settings.frameRate),
    mirrored: facing === 'user',
    torchOn: settings.torch === true,
    controls: {
      torch: Array.isArray(capabilities.torch) ? capabilities.torch.includes(true) : capabilities.torch === true,
      zoom: zoomOf(capabilities.zoom, settings.zoom),
    },
  };
}

/**
 * The nearest value the range can take: cut to min..max, then snapped to a whole step from `min`.
 * Example: range 1..8 in steps of 0.5: 2.7 becomes 2.5, 99 becomes 8.
 */
export function snapZoom(range: ZoomRange, value: number): number {
  const cut = Math.min(range.max, Math.max(range.min, value));
  if (range.step <= 0) return cut;
  return Math.min(range.max, range.min + Math.round((cut - range.min) / range.step) * range.step);
}

export function facingOf(mode: string | undefined): Facing | null {
  return mode === 'user' || mode === 'environment' ? mode : null;
}

function zoomOf(range: ImageCapabilities['zoom'], value: number | undefined): ZoomRange | null {
  const min = range?.min;
  const max = range?.max;
  if (min === undefined || max === undefined || !Number.isFinite(min) || !Number.isFinite(max) || min >= max) return null;
  const step = range?.step !== undefined && Number.isFinite(range.step) && range.step > 0 ? range.step : 0;
  const current = value !== undefined && Number.isFinite(value) ? value : min;
  return { min, max, step, value: Math.min(max, Math.max(min, current)) };
}

function sizeOf(width: number | undefined, height: number | undefined): Size | null {
  return width !== undefined && height !== undefined && width > 0 && height > 0 ? { width, height } : null;
}

function positiveOrNull(value: number | undefined): number | null {
  return value !== undefined && value > 0 ? value : null;
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
