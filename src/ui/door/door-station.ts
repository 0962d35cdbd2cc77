import type { Calendar, Clock } from '../../base/index.ts';
import { queryCameraPermission } from '../../camera/index.ts';
import type { DoorFetch } from '../../doorlink/index.ts';
import type { DescriptorRule, ImpostorDistances } from '../../faces/index.ts';
import type { ClaimWay, DoorPosition, Kiosk, KioskInput, KioskSnapshot, LivenessRules, OpenedCard } from '../../kiosk/index.ts';
import { browserQrReader, createKiosk, doorLogAudit, frameRulesFor, libraryQrReader, newCardKeys, personPinCheck, rulesOfSettings, servableRules, signedCards, systemKioskClock, vaultGallery, watchForCards } from '../../kiosk/index.ts';
import type { DoorCards, DoorLog, DoorSettings, DoorSettingsStore, PersonPins, Vault } from '../../store/index.ts';
import { dayMs, keepRetention } from '../../store/index.ts';
import { storageEstimate } from '../storage-estimate.ts';
import { usualNotice } from './admin/lintel-door-notice.ts';
import type { DeskState, DoorDesk } from './door-desk.ts';
import type { DoorCamera } from './door-camera.ts';
import { keepDoor } from './door-chores.ts';
import type { OutputChoice } from './output/door-output.ts';
import { chosenOutput, openOutput } from './output/door-output.ts';
import type { RestartWay } from './door-restart.ts';
import { DoorRestart } from './door-restart.ts';
import type { RelayLines } from './output/relay-lines.ts';
import { startAgain } from './start-again.ts';
import { watchStation } from './station-watch.ts';

export interface StationParts {
  readonly settings: DoorSettingsStore;
  readonly vault: Vault;
  readonly pins: PersonPins;
  readonly cards: DoorCards;
  readonly log: DoorLog;
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly fetch: DoorFetch;
  readonly lines: RelayLines;
  readonly camera: DoorCamera;
  readonly comparison: { readonly rule: DescriptorRule; readonly impostors: ImpostorDistances } | null;
  readonly restart: RestartWay;
  /** The browser has thrown away what the door kept here. */
  readonly isLost: () => boolean;
}

/** What runs while the screen is open. */
interface Running {
  readonly kiosk: Kiosk;
  readonly restart: DoorRestart;
  readonly end: () => void;
}

/** No passive measure says anything: none has bars that were measured on enough attacks. Moves are what is asked for. */
const bars: LivenessRules['bars'] = { liveness: null, antispoof: null, flatness: null, moire: null };

/** Longest that the screen says that it starts anew. */
const restartLimitMs = 60_000;

const nothing: DeskState = { snapshot: { state: 'idle' }, position: 'unknown', doorName: '', notice: '', people: [], nameWays: ['typed'], cardTyped: false, asksFirst: false };

/** Builds the kiosk from what the owner chose each time its screen opens, and takes it down when it closes. */
export class DoorStation implements DoorDesk {
  readonly #parts: StationParts;
  readonly #listeners = new Set<(now: DeskState) => void>();
  #now: DeskState = nothing;
  #running: Running | null = null;
  /** Counts openings: what was begun for one that is over is thrown away. */
  #opening = 0;

  constructor(parts: StationParts) {
    this.#parts = parts;
  }

  get now(): DeskState {
    return this.#now;
  }

  get picture(): HTMLElement {
    return this.#parts.camera.picture;
  }

  get isBusy(): boolean {
    return this.#running?.restart.isBusy ?? false;
  }

  subscribe(listener: (now: DeskState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  open(tapped: boolean): void {
    if (tapped && this.#running) {
      this.#set({ asksFirst: false });
      void this.#parts.camera.start();
    } else void this.#begin(++this.#opening);
  }

  close(): void {
    this.#opening++;
    this.#running?.end();
    this.#running = null;
    this.#now = nothing;
  }

  send(input: KioskInput): void {
    this.#running?.kiosk.send(input);
  }

  async #begin(opening: number): Promise<void> {
    this.#running?.end();
    this.#running = null;
    const { settings, comparison, isLost } = this.#parts;
    const [chosen, output, paused, permission] = [await settings.read(), await chosenOutput(settings), await this.#isPaused(), await queryCameraPermission()];
    if (opening !== this.#opening) return;
    if (!chosen.ok || !output.ok) {
      this.#set({ snapshot: { state: 'out-of-service', reason: 'record' } });
      return;
    }
    const { doorName, privacyNotice } = chosen.value.settings;
    this.#set({ doorName, notice: privacyNotice === '' ? usualNotice() : privacyNotice });
    if (!chosen.value.saved || !output.value) {
      this.#set({ snapshot: { state: 'out-of-service', reason: isLost() ? 'no-keys' : 'no-setup' } });
      return;
    }
    if (!comparison) {
      this.#set({ snapshot: { state: 'out-of-service', reason: 'no-engine' } });
      return;
    }
    const running = await this.#run(chosen.value.settings, output.value, comparison);
    if (opening !== this.#opening) {
      running.end();
      return;
    }
    this.#running = running;
    if (paused) running.kiosk.send({ type: 'maintenance', on: true });
    if (permission === 'granted') void this.#parts.camera.start();
    else this.#set({ asksFirst: true });
  }

  async #run(chosen: DoorSettings, output: OutputChoice, { rule, impostors }: NonNullable<StationParts['comparison']>): Promise<Running> {
    const { vault, pins, cards: given, log, calendar, clock, fetch, lines, camera, restart: way } = this.#parts;
    let gallery = vaultGallery(vault, rule, impostors);
    const loaded = await gallery.reload();
    const door = openOutput(output, { fetch, calendar, lines, clock: systemKioskClock, onPosition: (position: DoorPosition) => this.#set({ position }) });
    const out = await given.given(calendar.epochMs());
    const keys = await given.keys();
    const hasCards = out.ok && keys.ok && out.value.some(({ isCalledOff }) => !isCalledOff);
    const rules = servableRules(rulesOfSettings(chosen, bars), hasCards);
    const isGood = async ({ cardId, personId }: OpenedCard): Promise<boolean> => {
      // Asked for each card: the owner may have called it off a moment ago, in another tab.
      const now = await given.given(calendar.epochMs());
      const isOut = now.ok && now.value.some((card) => card.cardId === cardId && card.personId === personId && !card.isCalledOff);
      return isOut && (gallery.current()?.people.some((known) => known.personId === personId) ?? false);
    };
    const cards = signedCards({ keys: keys.ok ? keys.value : await newCardKeys(), calendar, isGood });
    const frames = { subscribe: camera.subscribe };
    const kiosk = createKiosk({ rules, frameRules: frameRulesFor(impostors), gallery: { current: () => gallery.current() }, audit: doorLogAudit(log), door, pins: personPinCheck(pins), cards, frames, clock: systemKioskClock });
    kiosk.setFault('gallery', !loaded.ok);
    const restart = new DoorRestart({ window: chosen.idleWindow, clock, calendar, way });
    const endRetention = keepRetention(vault, () => undefined);
    const endChores = keepDoor({
      clock: systemKioskClock,
      isFree: () => kiosk.isIdle(),
      cut: () => log.cut(calendar.epochMs() - chosen.logDays * dayMs),
      refresh: async () => {
        // Whom it knew counts until the new list is there; where that cannot be read, nobody is let in by what may be out of date.
        const next = vaultGallery(vault, rule, impostors);
        await next.reload();
        gallery = next;
      },
      mayRestart: () => restart.isDue(),
      restart: () => {
        // Nobody begins a visit that the new page would forget. Where the page stays, the door goes on.
        kiosk.setFault('update', true);
        systemKioskClock.after(restartLimitMs, () => kiosk.setFault('update', false));
        way.restart();
      },
      isPaused: () => this.#isPaused(),
      pause: (on) => kiosk.send({ type: 'maintenance', on }),
    });
    const shownNow = (): HTMLVideoElement | null => (camera.picture instanceof HTMLVideoElement && camera.picture.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? camera.picture : null);
    const endWatch = watchStation({ clock: systemKioskClock, picture: shownNow, estimate: storageEstimate, onFault: (reason, present) => kiosk.setFault(reason, present) });
    const endCards = watchForCards({
      clock: systemKioskClock,
      reader: async () => (await browserQrReader()) ?? (await libraryQrReader()),
      isWanted: () => wantsCard(kiosk.snapshot),
      picture: shownNow,
      onCard: (text) => kiosk.send({ type: 'card', text }),
      onNoReader: () => this.#set({ cardTyped: true }),
    });
    const leaveFaults = camera.watch((reason, present) => kiosk.setFault(reason, present));
    const endStarts = startAgain(systemKioskClock, camera);
    const nameWays = rules.claimWays.filter((way): way is Exclude<ClaimWay, 'card'> => way !== 'card');
    const shown = { nameWays: nameWays.length > 0 ? nameWays : (['typed'] as const) };
    const show = (): void => {
      restart.see(kiosk.snapshot);
      this.#set({ ...shown, snapshot: kiosk.snapshot, people: rules.claimWays.includes('list') ? kiosk.people() : [] });
    };
    show();
    const leaveKiosk = kiosk.subscribe(show);
    return {
      kiosk,
      restart,
      end: () => {
        endRetention();
        endChores();
        endCards();
        endWatch();
        leaveKiosk();
        leaveFaults();
        endStarts();
        restart.end();
        kiosk.dispose();
        door.close();
        camera.stop();
      },
    };
  }

  /** What cannot be read counts as the owner's wish to keep it shut. */
  async #isPaused(): Promise<boolean> {
    const paused = await this.#parts.settings.paused();
    return !paused.ok || paused.value;
  }

  #set(change: Partial<DeskState>): void {
    this.#now = { ...this.#now, ...change };
    for (const listener of this.#listeners) listener(this.#now);
  }
}

/** A card says who somebody is, or stands beside the face. */
function wantsCard(snapshot: KioskSnapshot): boolean {
  return snapshot.state === 'card' || (snapshot.state === 'claim' && snapshot.ways.includes('card'));
}
