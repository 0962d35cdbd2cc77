import { systemCalendar, systemClock } from '../../base/index.ts';
import type { FrameResult, Pipeline } from '../../pipeline/index.ts';
import { comparisonOfCard } from '../../faces/index.ts';
import { kioskEvidence, newCardKeys } from '../../kiosk/index.ts';
import { shippedVectorModels, usualDescriptorId } from '../../runtime/index.ts';
import type { AppUpdates, Database, DoorLog, Vault } from '../../store/index.ts';
import { createAdminGuard, createDoorCards, createDoorLog, createDoorSettings, createPersonPins, createWorkerKdf, noteRanVersion } from '../../store/index.ts';
import type { LiveSession } from '../live/live-session.ts';
import type { LiveModels } from '../models/live-models.ts';
import { FaceCamera } from '../people/face-camera.ts';
import type { SettingsModel } from '../settings-model.ts';
import './admin/lintel-door-admin.ts';
import { StoreOffice } from './admin/store-office.ts';
import { appVersion } from './app-version.ts';
import { doorCamera } from './door-camera.ts';
import type { DoorParts } from './door-parts.ts';
import { restartByUpdates } from './door-restart.ts';
import { DoorStation } from './door-station.ts';
import './lintel-door.ts';
import { RelayLines } from './output/relay-lines.ts';
import { browserSerial } from './output/serial-port.ts';
import { stationHealth } from './station-health.ts';

export interface DoorWorld {
  readonly database: Database;
  readonly trustScriptUrl: Parameters<typeof createWorkerKdf>[0];
  readonly pipeline: Pipeline;
  readonly settings: SettingsModel;
  readonly live: LiveSession;
  readonly liveModels: LiveModels;
  readonly updates: AppUpdates;
  readonly vault: Vault;
  /** The browser has thrown away what the door kept here. */
  readonly isLost: () => boolean;
}

/**
 * The door on this device's own parts: its record, settings, PINs and camera. Nothing of it runs before a view is opened.
 * The elements of its views come with it.
 */
export function buildDoor({ database, trustScriptUrl, pipeline, settings, live, liveModels, updates, vault, isLost }: DoorWorld): DoorParts {
  const calendar = systemCalendar;
  const clock = systemClock;
  const deriveKey = createWorkerKdf(trustScriptUrl);
  const log = createDoorLog(database, { calendar, clock });
  const doorSettings = createDoorSettings(database);
  const cards = createDoorCards(database, newCardKeys);
  const pins = createPersonPins(database, { clock, deriveKey });
  const guard = createAdminGuard(database, { calendar, clock, deriveKey, tell: (event) => log.append(event), site: { origin: location.origin, host: location.hostname } });
  const fetchDoor: typeof fetch = (path, init) => fetch(path, init);
  const lines = new RelayLines({ ports: browserSerial(), page: globalThis });
  const descriptor = shippedVectorModels.find(({ card }) => card.id === usualDescriptorId);
  const comparison = descriptor ? comparisonOfCard(descriptor.card) : null;
  const faces = new FaceCamera({ pipeline, settings, live, models: liveModels, evidence: kioskEvidence });
  let lastFrameAtMs: number | null = null;
  faces.session.subscribe({ onResult: (result: FrameResult | null) => (lastFrameAtMs = result ? clock.nowMs() : lastFrameAtMs) });
  const desk = new DoorStation({
    settings: doorSettings,
    vault,
    pins,
    cards,
    log,
    calendar,
    clock,
    fetch: fetchDoor,
    lines,
    camera: doorCamera(faces),
    comparison,
    isLost,
    restart: restartByUpdates(updates, () => location.reload()),
  });
  void tellOfUpdate(database, log);
  const health = () => stationHealth({ desk: () => desk.now, lastFrameAtMs: () => lastFrameAtMs, lastCheck: () => pipeline.lastCheck, vault, calendar, clock, version: appVersion });
  const canPasskey = 'PublicKeyCredential' in globalThis;
  return { desk, office: new StoreOffice({ guard, settings: doorSettings, log, vault, pins, cards, calendar, fetch: fetchDoor, lines, comparison, health, canPasskey, isLost }) };
}

/** A line in the record where another version stood at this door before. */
async function tellOfUpdate(database: Database, log: Pick<DoorLog, 'append'>): Promise<void> {
  const before = await noteRanVersion(database, appVersion);
  if (before.ok && before.value !== null) await log.append({ kind: 'update', from: before.value, to: appVersion });
}
