import { defineConfig } from '@playwright/test';
import { findChromium } from './tools/find-chromium.mjs';

const executablePath = await findChromium();
if (!executablePath) throw new Error('no Chromium or Chrome found: set CHROMIUM_PATH, or run npm test, which installs one');

/** Port of the built app under test; another one than `npm start` uses, so both can run. */
const appPort = Number(process.env['LINTEL_TEST_PORT'] ?? 4273);
/** Port of the development server that serves single modules of `src` to the browser tests. */
const modulePort = appPort + 1;

const quiet = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Software WebGL 2, so that the WebGL backend can be tested where there is no GPU. */
const softwareWebgl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];

/** Where no WebGL is tested, the page is drawn without a GL of any kind: drawing by SwiftShader would take the cores. */
const noGpu = ['--disable-gpu'];

const fakeCamera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** What takes too long for every run is marked, and runs with `npm run test:long`. */
const long = /@long/;

/** Views of the app, in a page as it ships. */
const views = /browser\/ui-(denied|live|live-points|models|people|views)\.spec\.ts$/;

/** Single modules, from the development server. */
const inBrowser = {
  testMatch: 'browser/**/*.spec.ts',
  testIgnore: views,
  use: { baseURL: `http://localhost:${modulePort}`, launchOptions: { executablePath, args: [...quiet, ...softwareWebgl, ...fakeCamera] } },
};

/** The built app, without what keeps it for offline use: every test is a first visit. */
const inViews = {
  testMatch: views,
  use: { baseURL: `http://localhost:${appPort}`, serviceWorkers: 'block' as const, launchOptions: { executablePath, args: [...quiet, ...softwareWebgl, ...fakeCamera] } },
};

/** The built app. */
const wholeApp = { testMatch: 'e2e/**/*.spec.ts', use: { baseURL: `http://localhost:${appPort}` } };

export default defineConfig({
  testDir: 'test',
  fullyParallel: false,
  workers: 1,
  timeout: 120_000,
  // A busy machine may starve a browser for seconds. One more try, and what needed it is named and counted at the end.
  retries: 1,
  reporter: [['list']],
  forbidOnly: Boolean(process.env['CI']),
  use: { launchOptions: { executablePath, args: [...quiet, ...fakeCamera, ...noGpu] } },
  webServer: [
    { command: `npx tsx src/server/main.ts --port ${appPort}`, url: `http://localhost:${appPort}/`, reuseExistingServer: false },
    { command: `npx vite --port ${modulePort} --strictPort`, url: `http://localhost:${modulePort}/`, reuseExistingServer: false },
  ],
  projects: [
    { name: 'browser', ...inBrowser, grepInvert: long },
    { name: 'views', ...inViews, grepInvert: long },
    { name: 'e2e', ...wholeApp, grepInvert: long },
    { name: 'browser-long', ...inBrowser, grep: long },
    { name: 'views-long', ...inViews, grep: long },
    { name: 'e2e-long', ...wholeApp, grep: long },
    { name: 'long', testMatch: 'long/**/*.spec.ts', use: { baseURL: `http://localhost:${appPort}` }, timeout: 30 * 60_000, retries: 0 },
  ],
});
