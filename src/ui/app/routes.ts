import { msg } from '@lit/localize';

export type RoutePath = '/' | '/settings' | '/models' | '/health';

/** A view of the app: its path and its name, which is also the document's title. */
export interface Route {
  readonly path: RoutePath;
  readonly name: () => string;
}

export const liveRoute: Route = { path: '/', name: () => msg('Live') };

/** The reading pages, in the order of their tabs. */
export const pageRoutes: readonly Route[] = [
  { path: '/settings', name: () => msg('Settings') },
  { path: '/models', name: () => msg('Models') },
  { path: '/health', name: () => msg('Health') },
];

/** The route of a path; a trailing slash and an unknown path are forgiven. Example: '/models/' is the models page. */
export function routeOf(pathname: string): Route {
  const path = pathname.replace(/\/+$/, '');
  return pageRoutes.find((route) => route.path === path) ?? liveRoute;
}

export function titleOf(route: Route): string {
  return route === liveRoute ? 'Lintel' : `${route.name()} · Lintel`;
}
