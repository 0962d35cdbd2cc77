/** What became of an owner's try to come in. `locked`: nothing is checked for as long as it says. */
export type OwnerAnswer =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  | { readonly kind: 'locked'; readonly leftMs: number }
  | { readonly kind: 'failed'; readonly detail: string };

/** Keeps the owner's pages. What it let in stays in until it is told otherwise or the page ends. */
export interface OwnerGuard {
  /** Whether an owner has been set up on this device. */
  hasOwner(): Promise<boolean>;
  readonly isIn: boolean;
  /** Whether this device can let the owner in by its own lock, and one has been registered. */
  readonly hasPasskey: boolean;
  enter(pin: string): Promise<OwnerAnswer>;
  enterByPasskey(): Promise<OwnerAnswer>;
  leave(): void;
}
