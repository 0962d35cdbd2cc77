import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import type { ViteDevServer } from 'vite';
import { createServer } from 'vite';
import { modelFiles } from '../../models/build-models.ts';
import { openPage } from '../evaluate/open-page.ts';

/** Serves single modules of the project, with what ships with the app: the rooms ask the build for it. */
export async function withModules<T>(work: (server: ViteDevServer) => Promise<T>): Promise<T> {
  const server = await createServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    plugins: [modelFiles()],
    server: { port: 0, hmr: false, watch: null },
  });
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

/** A blank page of such a server in headless Chromium, in which file number i is at `/measured/i`. */
export async function withPage<T>(server: ViteDevServer, paths: readonly string[], work: (page: Page) => Promise<T>): Promise<T> {
  server.middlewares.use('/measured', (request, response) => {
    const path = paths[Number(request.url?.slice(1))];
    response.setHeader('Content-Type', path === undefined ? 'text/html' : 'application/octet-stream');
    if (path === undefined) response.end('<!doctype html><link rel="icon" href="data:,"><title>measure</title>');
    else void readFile(path).then((bytes) => response.end(bytes));
  });
  await server.listen();
  const { port } = server.httpServer?.address() as AddressInfo;
  const opened = await openPage(`http://localhost:${port}/measured/page`, { softwareWebgl: true });
  try {
    return await work(opened.page);
  } finally {
    await opened.close();
  }
}
