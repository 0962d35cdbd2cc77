import type { DoorPosition } from '../ports.ts';
import type { KioskSnapshot } from '../snapshot.ts';
import type { BatteryFact } from './battery.ts';
import type { CameraGrant } from './camera-grant.ts';

/** How a kiosk is doing: plain data, nothing of any person. */
export interface KioskHealth {
  readonly state: KioskSnapshot['state'];
  readonly version: string;
  /** Since the last frame; null: none yet. */
  readonly lastFrameMs: number | null;
  /** The engine's last look at a picture that it must recognise. */
  readonly canary: { readonly passed: boolean; readonly agoMs: number } | null;
  readonly freeBytes: number | null;
  /** Until the next person's time is over; null: nobody is kept. */
  readonly retentionDays: number | null;
  readonly camera: CameraGrant;
  readonly battery: BatteryFact;
  readonly door: DoorPosition;
}

/**
 * The health of a kiosk in one short line of ASCII, for a QR code that somebody's phone reads.
 * Example: `LINTEL1 v0.1.0 idle frame=0s canary=ok/12m free=1.4G keep=30d camera=lasting battery=80%+ door=closed`
 */
export function healthLine({ state, version, lastFrameMs, canary, freeBytes, retentionDays, camera, battery, door }: KioskHealth): string {
  const parts = [
    'LINTEL1',
    `v${version.replace(/[^\w.+-]/gu, '').slice(0, 24)}`,
    state,
    `frame=${lastFrameMs === null ? '-' : duration(lastFrameMs)}`,
    `canary=${canary ? `${canary.passed ? 'ok' : 'BAD'}/${duration(canary.agoMs)}` : '-'}`,
    `free=${freeBytes === null ? '-' : bytes(freeBytes)}`,
    `keep=${retentionDays === null ? '-' : `${Math.floor(retentionDays)}d`}`,
    `camera=${camera.kind === 'may-expire' ? `ends?${duration(camera.leftMs)}` : camera.kind}`,
    `battery=${battery.kind === 'none' ? '-' : `${battery.percent}%${battery.charging ? '+' : ''}${battery.kind === 'low' ? ' LOW' : ''}`}`,
    `door=${door}`,
  ];
  return parts.join(' ');
}

/** Whole units, rounded down: 89 s is 1 m. */
function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  return seconds < 48 * 3600 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}

function bytes(count: number): string {
  if (count < 1e6) return `${Math.floor(count / 1e3)}k`;
  return count < 1e9 ? `${Math.floor(count / 1e6)}M` : `${(Math.floor(count / 1e8) / 10).toFixed(1)}G`;
}
