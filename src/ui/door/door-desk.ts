import type { ClaimWay, DoorPosition, KioskInput, KioskSnapshot, KnownPerson } from '../../kiosk/index.ts';

/** All that the screen of a door shows now. */
export interface DeskState {
  readonly snapshot: KioskSnapshot;
  readonly position: DoorPosition;
  readonly doorName: string;
  /** What the owner tells visitors about the camera. */
  readonly notice: string;
  /** Who may choose their name from the list; nobody where the owner shows no list. */
  readonly people: readonly KnownPerson[];
  /** Ways to say one's name before a PIN. */
  readonly nameWays: readonly ClaimWay[];
  /** Square codes cannot be read here: what stands under them is typed. */
  readonly cardTyped: boolean;
  /** The browser would ask for the camera first: that wants a tap on a screen that says why. */
  readonly asksFirst: boolean;
}

/** The kiosk with its camera, as the screen needs it. Built once; it watches the door only while its screen is open. */
export interface DoorDesk {
  readonly now: DeskState;
  /** The element that plays the camera. */
  readonly picture: HTMLElement;
  /** Somebody is at the door, or was within the last minutes: no update may take the page away. */
  readonly isBusy: boolean;
  /** Told of every change. @returns the call that ends it */
  subscribe(listener: (now: DeskState) => void): () => void;
  /** The screen is open. `tapped`: a person has just agreed that the browser asks for the camera. */
  open(tapped: boolean): void;
  /** The screen is left: nothing is looked at, and nothing can open. */
  close(): void;
  send(input: KioskInput): void;
}
