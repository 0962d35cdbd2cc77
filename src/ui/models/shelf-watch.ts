import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ModelShelf } from './model-shelf.ts';

/** Lets a view look at the shelf when it comes, and whenever the shelf may have changed, until it goes. */
export class ShelfWatch implements ReactiveController {
  readonly #shelf: () => ModelShelf;
  readonly #look: () => void;
  #leave: (() => void) | null = null;

  constructor(host: ReactiveControllerHost, shelf: () => ModelShelf, look: () => void) {
    this.#shelf = shelf;
    this.#look = look;
    host.addController(this);
  }

  hostConnected(): void {
    this.#leave = this.#shelf().subscribe(this.#look);
    this.#look();
  }

  hostDisconnected(): void {
    this.#leave?.();
    this.#leave = null;
  }
}
