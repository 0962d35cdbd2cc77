import type { FaultEntry, GrantedEntry, NotGrantedEntry } from '../audit-entry.ts';

/**
 * What the machine asks of the hands that it has not itself. Nothing of it is repeated: what an effect asks for comes back as an
 * event with the same id, or not at all.
 *
 * - `record`: write down that somebody may come in and that the door is to be asked; `recorded` when both are kept.
 * - `open`: ask the door, once. `stop-opening`: if it has not been asked yet, leave it.
 * - `note`: write down what needs no answer.
 */
export type KioskEffect =
  | { readonly type: 'record'; readonly decision: GrantedEntry }
  | { readonly type: 'open'; readonly decisionId: string }
  | { readonly type: 'stop-opening'; readonly decisionId: string }
  | { readonly type: 'check-pin'; readonly ticket: string; readonly personId: string | null; readonly digits: string }
  | { readonly type: 'note'; readonly entry: NotGrantedEntry | FaultEntry };
