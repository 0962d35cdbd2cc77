/** Where the bridge listens, on the origin that serves the app. Every one takes POST with JSON. */
export const doorPaths = {
  offer: '/door/pairing',
  pair: '/door/pair',
  challenge: '/door/challenge',
  pulse: '/door/pulse',
  state: '/door/state',
} as const;
