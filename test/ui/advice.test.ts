import { describe, expect, it } from 'vitest';
import { routeOf } from '../../src/ui/app/routes.ts';
import { browserKind, unblockSteps } from '../../src/ui/i18n/unblock-camera.ts';

const agents = {
  iphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Mobile/15E148 Safari/604.1',
  iphoneChrome: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.0.0 Mobile/15E148 Safari/604.1',
  mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15',
  android: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
  androidFirefox: 'Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
  edge: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0',
};

describe('browserKind', () => {
  it.each([
    [agents.iphone, 5, false, 'ios-safari'],
    [agents.iphone, 5, true, 'ios-app'],
    [agents.iphoneChrome, 5, false, 'ios-other'],
    [agents.mac, 5, false, 'ios-safari'],
    [agents.mac, 0, false, 'mac-safari'],
    [agents.android, 5, false, 'android'],
    [agents.androidFirefox, 5, false, 'android-firefox'],
    [agents.firefox, 0, false, 'firefox'],
    [agents.edge, 0, false, 'chromium'],
  ] as const)('knows %s', (userAgent, maxTouchPoints, standalone, kind) => {
    expect(browserKind({ userAgent, maxTouchPoints, standalone })).toBe(kind);
    expect(unblockSteps(kind).length).toBeGreaterThanOrEqual(2);
  });
});

describe('routeOf', () => {
  it('forgives a trailing slash and an unknown path', () => {
    expect(routeOf('/models/').path).toBe('/models');
    expect(routeOf('/settings').path).toBe('/settings');
    expect(routeOf('/nowhere').path).toBe('/');
    expect(routeOf('/').path).toBe('/');
  });
});
