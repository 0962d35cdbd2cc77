import { ok, systemClock } from '../../base/index.ts';
import { FrameLedger } from '../../camera/index.ts';
import type { EvidenceRule, Pipeline, TaskName } from '../../pipeline/index.ts';
import type { Settings, SettingsStore } from '../../store/index.ts';
import { DoorVoice } from '../door/kiosk/door-voice.ts';
import { LiveSession } from '../live/live-session.ts';
import type { LiveModels } from '../models/live-models.ts';
import { SettingsModel } from '../settings-model.ts';

export interface FaceCameraParts {
  readonly pipeline: Pipeline;
  readonly settings: SettingsModel;
  /** The session of the live view: it ends before this camera starts, for a device gives its camera once. */
  readonly live: Pick<LiveSession, 'stop'>;
  readonly models: Pick<LiveModels, 'apply'>;
  /** How much is taken of each face while this camera is on. */
  readonly evidence: EvidenceRule;
}

const tasks: readonly TaskName[] = ['embed'];

/**
 * The camera of the people pages: a session that looks for faces to know again, on the one pipeline. While it is off, the
 * pipeline does what the live view asked for.
 */
export class FaceCamera {
  readonly session: LiveSession;
  readonly voice = new DoorVoice('speechSynthesis' in globalThis ? speechSynthesis : null, systemClock);
  /** Instructions are said aloud; the choice lasts as long as the page. */
  speaks = true;
  readonly #parts: FaceCameraParts;
  readonly #settings: SettingsModel;
  #on = false;

  constructor(parts: FaceCameraParts) {
    this.#parts = parts;
    this.#settings = new SettingsModel(forgetful(parts.settings), chosenFor(parts.settings.value));
    this.session = new LiveSession({
      pipeline: parts.pipeline,
      settings: this.#settings,
      ledger: new FrameLedger(),
      configure: (chosen) => (this.#on ? parts.models.apply(chosen, parts.evidence) : Promise.resolve([])),
    });
  }

  async start(): Promise<void> {
    if (await this.#turnOn()) await this.session.startCamera();
  }

  /** Looks at a photo or a video in place of the camera. */
  async openFile(file: Blob): Promise<void> {
    if (await this.#turnOn()) await this.session.openFile(file);
  }

  /** Ends the camera and gives the pipeline back. */
  stop(): void {
    if (!this.#on) return;
    this.#on = false;
    this.session.setShown(false);
    this.session.stop();
    this.voice.stop();
    void this.#parts.models.apply(this.#parts.settings.value);
  }

  /** @returns whether it still is on when the engine knows what to do */
  async #turnOn(): Promise<boolean> {
    if (!this.#on) {
      this.#on = true;
      this.#parts.live.stop();
      this.session.setShown(true);
      const chosen = chosenFor(this.#parts.settings.value);
      this.#settings.change(chosen);
      await this.#parts.models.apply(this.#settings.value, this.#parts.evidence);
    }
    return this.#on;
  }
}

/** What the person chose for the live view, but for whom it looks for and with which camera. */
function chosenFor(settings: Settings): Settings {
  return { ...settings, tasks, facing: 'user', lensId: null };
}

/** Choices made while a face is looked at are not those of the live view: they end with the page. */
function forgetful(settings: SettingsModel): SettingsStore {
  return { problem: null, read: () => Promise.resolve(settings.value), write: () => Promise.resolve(ok(settings.value)) };
}
