import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Route, RoutePath } from './routes.ts';
import { routeOf } from './routes.ts';

const navigate = 'lintel-navigate';

/** Asks the app to go to a view, as a link would. */
export function goTo(from: EventTarget, path: RoutePath): void {
  from.dispatchEvent(new CustomEvent<RoutePath>(navigate, { detail: path, bubbles: true, composed: true }));
}

/** The view of this app from which somebody came to the one that is shown; null for who opened it by its address. */
export function cameFrom(): RoutePath | null {
  const { from } = (history.state ?? {}) as { readonly from?: unknown };
  return typeof from === 'string' ? routeOf(from).path : null;
}

/** Keeps a host on the route of the address bar: plain links of the same origin, back and forward. */
export class Router implements ReactiveController {
  #route: Route = routeOf(location.pathname);
  readonly #host: ReactiveControllerHost & EventTarget;

  constructor(host: ReactiveControllerHost & EventTarget) {
    this.#host = host;
    host.addController(this);
  }

  get route(): Route {
    return this.#route;
  }

  hostConnected(): void {
    this.#host.addEventListener('click', this.#clicked);
    this.#host.addEventListener(navigate, this.#asked);
    addEventListener('popstate', this.#moved);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('click', this.#clicked);
    this.#host.removeEventListener(navigate, this.#asked);
    removeEventListener('popstate', this.#moved);
  }

  readonly #moved = (): void => {
    const next = routeOf(location.pathname);
    if (next === this.#route) return;
    this.#route = next;
    this.#host.requestUpdate();
  };

  /** A plain click on a link into the app stays in the page; everything else is the browser's. */
  readonly #clicked = (event: Event): void => {
    if (!(event instanceof MouseEvent) || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    if (link?.target !== '' || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (routeOf(link.pathname).path !== link.pathname) return;
    event.preventDefault();
    this.#go(link.pathname);
  };

  readonly #asked = (event: Event): void => {
    if (event instanceof CustomEvent) this.#go(String(event.detail));
  };

  #go(path: string): void {
    if (path !== location.pathname) history.pushState({ from: location.pathname }, '', path);
    this.#moved();
  }
}
