import { msg } from '@lit/localize';

export type RoutePath = '/' | '/settings' | '/models' | '/models/add' | '/models/compare' | '/health' | '/door' | '/door/admin' | '/licences' | PeoplePath;

/** The pages of people. Whose page it is stands in no address: a browser's history would keep it after a revocation. */
export type PeoplePath = '/people' | '/people/enrol' | '/people/person' | '/people/again' | '/people/receipts' | '/people/backup' | '/people/test';

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
  { path: '/people', name: () => msg('People') },
  { path: '/door/admin', name: () => msg('Door') },
];

/** The screen at a door: no tabs, no way out but by its owner. */
export const doorRoute: Route = { path: '/door', name: () => msg('Door') };

/** Views that a page leads to. */
const innerRoutes: readonly Route[] = [
  { path: '/models/add', name: () => msg('Model doctor'), tab: '/models' },
  { path: '/models/compare', name: () => msg('Compare two models'), tab: '/models' },
  { path: '/people/enrol', name: () => msg('Enrol someone'), tab: '/people' },
  // Whose page it is is in no title either.
  { path: '/people/person', name: () => msg('Person'), tab: '/people' },
  { path: '/people/again', name: () => msg('Enrol again'), tab: '/people' },
  { path: '/people/receipts', name: () => msg('Receipts'), tab: '/people' },
  { path: '/people/backup', name: () => msg('Backup'), tab: '/people' },
  { path: '/people/test', name: () => msg('Test me'), tab: '/people' },
  { path: '/licences', name: () => msg('Licences'), tab: '/settings' },
];

export const allRoutes: readonly Route[] = [liveRoute, ...pageRoutes, ...innerRoutes, doorRoute];

/** The route of a path; a trailing slash and an unknown path are forgiven. Example: '/models/' is the models page. */
export function routeOf(pathname: string): Route {
  const path = pathname.replace(/\/+$/, '');
  return allRoutes.find((route) => route.path === path) ?? liveRoute;
}

export function isPeoplePath(path: RoutePath): path is PeoplePath {
  return path.startsWith('/people');
}

export function titleOf(route: Route): string {
  return route === liveRoute ? 'Lintel' : `${route.name()} · Lintel`;
}
