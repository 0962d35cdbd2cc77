import type { Result } from '../base/index.ts';
import { tellsOfShortMemory } from '../runtime/index.ts';
import type { EngineFailure, TaskFault } from './protocol.ts';

/** Gives a failure that comes of too little memory its name, wherever in the engine it came up. */
export function nameShortage<T>(answer: Result<T, EngineFailure>): Result<T, EngineFailure> {
  return answer.ok || !tellsOfShortMemory(answer.failure.detail) ? answer : { ok: false, failure: { code: 'out-of-memory', detail: answer.failure.detail } };
}

/** A model that could not get its memory on a frame speaks for its whole engine, whose heap does not shrink again. */
export function shortageAmong(faults: readonly TaskFault[]): EngineFailure | null {
  const found = faults.find(({ failure }) => tellsOfShortMemory(failure.detail));
  return found ? { code: 'out-of-memory', detail: `${found.task}: ${found.failure.detail}` } : null;
}
