import * as v from 'valibot';
import type { BackendName, DetectorTask, TaskName } from '../pipeline/index.ts';

/** What a person chose. Everything here has a default, so a new device works without a visit to the settings. */
export interface Settings {
  readonly language: 'auto' | 'en' | 'zh-Hans';
  readonly theme: 'auto' | 'light' | 'dark';
  /** What to look for, in the order of `taskNames`. */
  readonly tasks: readonly TaskName[];
  /** Lowest score shown, 0..1. */
  readonly minScore: Readonly<Record<DetectorTask, number>>;
  /** Long side of the network input in pixels; 'auto' adapts it to hold `targetFps`. */
  readonly inputSize: 'auto' | number;
  /** Frames per second to aim for, 1..60. */
  readonly targetFps: number;
  readonly backend: 'auto' | BackendName;
  /** Show the front camera as a mirror does. */
  readonly mirrorFront: boolean;
  /** Tell screen readers what changes in the picture. */
  readonly spokenSummary: boolean;
  /** Device id of the camera to use; null takes the one that `facing` asks for. */
  readonly lensId: string | null;
  readonly facing: 'user' | 'environment';
  /** The id of the model that looks in each task; a task without one has the model that ships for it. */
  readonly models: Readonly<Partial<Record<DetectorTask, string>>>;
}

/** A change of some fields. `minScore` and `models` may name only the tasks that change. */
export type SettingsPatch = Partial<Omit<Settings, 'minScore'>> & { readonly minScore?: Partial<Settings['minScore']> };

export const defaultSettings = {
  language: 'auto',
  theme: 'auto',
  tasks: ['objects', 'faces'],
  minScore: { objects: 0.4, faces: 0.5 },
  inputSize: 'auto',
  targetFps: 15,
  backend: 'auto',
  mirrorFront: true,
  spokenSummary: false,
  lensId: null,
  facing: 'environment',
  models: {},
} as const satisfies Settings;

const taskNames = ['objects', 'faces', 'landmarks', 'mesh', 'pose'] as const satisfies readonly TaskName[];
const detectorTasks = ['objects', 'faces'] as const satisfies readonly DetectorTask[];
const modelId = v.pipe(v.string(), v.minLength(1));
const unit = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const fields = {
  language: v.picklist(['auto', 'en', 'zh-Hans']),
  theme: v.picklist(['auto', 'light', 'dark']),
  tasks: v.pipe(v.array(v.picklist(taskNames)), v.readonly()),
  inputSize: v.union([v.literal('auto'), v.pipe(v.number(), v.integer(), v.minValue(32), v.maxValue(4096))]),
  targetFps: v.pipe(v.number(), v.minValue(1), v.maxValue(60)),
  backend: v.picklist(['auto', 'webgl', 'wasm', 'cpu']),
  mirrorFront: v.boolean(),
  spokenSummary: v.boolean(),
  lensId: v.nullable(v.string()),
  facing: v.picklist(['user', 'environment']),
  models: v.partial(v.strictObject({ objects: modelId, faces: modelId })),
};

/** Fields with a value per task: a change of one task leaves the others. */
const perTaskFields = ['minScore', 'models'] as const;

const patchSchema = v.partial(v.strictObject({ ...fields, minScore: v.partial(v.strictObject({ objects: unit, faces: unit })) }));

/** A task that this version does not know is passed over; the ones it knows still count. */
const knownTasks = v.pipe(v.array(v.unknown()), v.transform((list): readonly TaskName[] => taskNames.filter((name) => list.includes(name))));

const storedSchema = v.object({
  language: v.fallback(fields.language, defaultSettings.language),
  theme: v.fallback(fields.theme, defaultSettings.theme),
  tasks: v.fallback(knownTasks, defaultSettings.tasks),
  minScore: v.fallback(
    v.object({ objects: v.fallback(unit, defaultSettings.minScore.objects), faces: v.fallback(unit, defaultSettings.minScore.faces) }),
    defaultSettings.minScore,
  ),
  inputSize: v.fallback(fields.inputSize, defaultSettings.inputSize),
  targetFps: v.fallback(fields.targetFps, defaultSettings.targetFps),
  backend: v.fallback(fields.backend, defaultSettings.backend),
  mirrorFront: v.fallback(fields.mirrorFront, defaultSettings.mirrorFront),
  spokenSummary: v.fallback(fields.spokenSummary, defaultSettings.spokenSummary),
  lensId: v.fallback(fields.lensId, defaultSettings.lensId),
  facing: v.fallback(fields.facing, defaultSettings.facing),
  models: v.fallback(v.pipe(v.record(v.string(), v.unknown()), v.transform(chosenModels)), defaultSettings.models),
});

/**
 * Settings from a stored record of any shape. Each field that is missing or damaged takes its default; the others
 * keep what the person chose.
 * Example: `{ theme: 'dark', targetFps: -3 }` gives the dark theme and 15 frames per second.
 */
export function settingsFrom(stored: unknown): Settings {
  const parsed = v.safeParse(storedSchema, stored);
  return parsed.success ? parsed.output : defaultSettings;
}

/** The choices that this version knows; the others, and damaged ones, are passed over. */
function chosenModels(stored: Readonly<Record<string, unknown>>): Settings['models'] {
  return Object.fromEntries(detectorTasks.filter((task) => v.is(modelId, stored[task])).map((task) => [task, stored[task]]));
}

/**
 * A stored record with a change laid over it. Fields that this version does not know stay as they are: a newer one
 * may have written them.
 */
export function patchedRecord(stored: unknown, patch: SettingsPatch): Readonly<Record<string, unknown>> {
  const record = isRecord(stored) ? stored : {};
  const layered = perTaskFields.filter((field) => patch[field]).map((field) => [field, { ...(isRecord(record[field]) ? record[field] : {}), ...patch[field] }] as const);
  return { ...record, ...patch, ...Object.fromEntries(layered) };
}

/**
 * Two changes as one; the later one wins.
 *
 * @throws ValiError when the later one holds a value that is not allowed: that is a bug of the caller
 */
export function joinedPatches(earlier: SettingsPatch, later: SettingsPatch): SettingsPatch {
  v.assert(patchSchema, later);
  const layered = perTaskFields.filter((field) => later[field]).map((field) => [field, { ...earlier[field], ...later[field] }] as const);
  return { ...earlier, ...later, ...Object.fromEntries(layered) };
}

/** A change that was written down as text; one with a value that is not allowed changes nothing. */
export function patchFrom(stored: unknown): SettingsPatch {
  const parsed = v.safeParse(patchSchema, stored);
  return parsed.success ? Object.fromEntries(Object.entries(parsed.output).filter(([, value]) => value !== undefined)) : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
