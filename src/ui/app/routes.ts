import { msg } from '@lit/localize';

export type RoutePath = '/' | '/settings' | '/models' | '/models/add' | '/models/compare' | '/health' | '/door' | '/door/admin';

/** A view of the app: its path and its name, which is also the document's title. */
export interface Route {
  readonly path: RoutePath;
  readonly name: () => string;
  /** The page whose tab is lit; its own where left out. */
  readonly tab?: RoutePath;
}

export const liveRoute: Route = { path: '/', name: () => msg('Live') };

/** The reading pages, in the order of their tabs. */
export const pageRoutes: readonly Route[] = [
  { path: '/settings', name: () => msg('Settings') },
  { path: '/models', name: () => msg('Models') },
  { path: '/health', name: () => msg('Health') },
  { path: '/door/admin', name: () => msg('Door') },
];

/** The screen at a door: no tabs, no way out but by its owner. */
export const doorRoute: Route = { path: '/door', name: () => msg('Door') };

/** Views that a page leads to. */
const innerRoutes: readonly Route[] = [
  { path: '/models/add', name: () => msg('Model doctor'), tab: '/models' },
  { path: '/models/compare', name: () => msg('Compare two models'), tab: '/models' },
];

export const allRoutes: readonly Route[] = [liveRoute, ...pageRoutes, ...innerRoutes, doorRoute];

/** The route of a path; a trailing slash and an unknown path are forgiven. Example: '/models/' is the models page. */
export function routeOf(pathname: string): Route {
  const path = pathname.replace(/\/+$/, '');
  return allRoutes.find((route) => route.path === path) ?? liveRoute;
}

export function titleOf(route: Route): string {
  return route === liveRoute ? 'Lintel' : `${route.name()} · Lintel`;
}
