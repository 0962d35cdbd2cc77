import type { KioskInput } from './input.ts';
import type { KnownPerson } from './ports.ts';
import type { KioskSnapshot, ServiceReason } from './snapshot.ts';

/** A door that is being watched: the machine with its hands. */
export interface Kiosk {
  readonly snapshot: KioskSnapshot;
  /** Whom the list of names may show. */
  people(): readonly KnownPerson[];
  /** Told of every new snapshot, not of the present one. @returns the call that ends it */
  subscribe(listener: (snapshot: KioskSnapshot) => void): () => void;
  send(input: KioskInput): void;
  /** What keeps the kiosk from serving, told by those who watch over it; it serves again when all are gone. */
  setFault(reason: ServiceReason, present: boolean): void;
  /** Nobody is at the door: the time for an update or a restart. */
  isIdle(): boolean;
  /** Nothing fires after it. */
  dispose(): void;
}
