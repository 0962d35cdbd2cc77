import type { Calendar, Clock } from '../../base/index.ts';
import { queryCameraPermission } from '../../camera/index.ts';
import type { BatteryState, CameraGrant, DoorPosition, KioskHealth } from '../../kiosk/index.ts';
import { batteryFact, cameraGrant, freeBytes, healthLine, lowFreeBytes } from '../../kiosk/index.ts';
import type { LastCheck } from '../../pipeline/index.ts';
import type { Vault } from '../../store/index.ts';
import { dayMs } from '../../store/index.ts';
import { storageEstimate } from '../storage-estimate.ts';
import type { DoorHealth } from './admin/door-office.ts';
import type { DeskState } from './door-desk.ts';

export interface HealthParts {
  readonly desk: () => DeskState;
  /** On the page's clock; null: none yet. */
  readonly lastFrameAtMs: () => number | null;
  readonly lastCheck: () => LastCheck | null;
  readonly vault: Pick<Vault, 'people'>;
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly version: string;
}

interface BatteryBrowser {
  getBattery?(): Promise<BatteryState>;
}

/** How the kiosk is doing now: read when it is asked for. */
export async function stationHealth({ desk, lastFrameAtMs, lastCheck, vault, calendar, clock, version }: HealthParts): Promise<DoorHealth> {
  const nowMs = calendar.epochMs();
  const [permission, estimate, people, battery] = [await queryCameraPermission(), await storageEstimate(), await vault.people(), await batteryState()];
  const nextMs = people.ok ? Math.min(...people.value.people.map(({ retainUntilMs }) => retainUntilMs)) : Infinity;
  const frameAtMs = lastFrameAtMs();
  const check = lastCheck();
  const { snapshot, position } = desk();
  const health: KioskHealth = {
    state: snapshot.state,
    version,
    lastFrameMs: frameAtMs === null ? null : clock.nowMs() - frameAtMs,
    canary: check && { passed: check.passed, agoMs: clock.nowMs() - check.atMs },
    freeBytes: freeBytes(estimate ?? {}),
    retentionDays: Number.isFinite(nextMs) ? Math.max(0, (nextMs - nowMs) / dayMs) : null,
    camera: cameraGrant(permission, null, nowMs),
    battery: batteryFact(battery),
    door: position,
  };
  return { facts: factsOf(health), line: healthLine(health) };
}

function factsOf({ lastFrameMs, canary, freeBytes: free, retentionDays, camera, battery, door, version }: KioskHealth): DoorHealth['facts'] {
  const goodDoor: Readonly<Record<DoorPosition, boolean | null>> = { closed: true, open: true, held: false, offline: false, unknown: null };
  return [
    { code: 'lastFrame', good: null, value: lastFrameMs },
    { code: 'canary', good: canary?.passed ?? null, value: canary && (canary.passed ? 'passed' : 'failed') },
    { code: 'camera', good: camera.kind === 'unknown' ? null : camera.kind === 'lasting', value: cameraWord(camera) },
    { code: 'door', good: goodDoor[door], value: door },
    { code: 'freeBytes', good: free === null ? null : free > lowFreeBytes, value: free },
    { code: 'retentionDays', good: retentionDays === null ? null : retentionDays > 7, value: retentionDays === null ? null : Math.floor(retentionDays) },
    { code: 'battery', good: battery.kind === 'none' ? null : battery.kind === 'fine', value: battery.kind === 'none' ? null : battery.percent / 100 },
    { code: 'version', good: null, value: version },
  ];
}

/** A grant that is young may be one for a day: it is said until it has outlived that. */
function cameraWord({ kind }: CameraGrant): string {
  if (kind === 'gone') return 'denied';
  return kind === 'may-expire' ? 'once' : kind === 'lasting' ? 'granted' : 'unknown';
}

async function batteryState(): Promise<BatteryState | null> {
  const browser = navigator as Navigator & BatteryBrowser;
  try {
    return (await browser.getBattery?.()) ?? null;
  } catch {
    // Browsers that tell nobody of the battery refuse the question.
    return null;
  }
}
