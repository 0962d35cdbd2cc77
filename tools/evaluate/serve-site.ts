import type { FinalHandler } from '../../src/server/index.ts';
import { listen, loadSiteFiles, siteHandler } from '../../src/server/index.ts';
import { WorkError } from './work-error.ts';

export interface ServedSite {
  /** `http://localhost:<port>` */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves a built folder with the app's own server on any free port of this machine.
 *
 * @param adapt wraps the handler, for a page that is not the app's
 */
export async function serveSite(folder: string, adapt: (handler: FinalHandler) => FinalHandler = (handler) => handler): Promise<ServedSite> {
  const files = await loadSiteFiles(folder);
  if (!files.ok) throw new WorkError(files.failure.code, files.failure.detail);
  const server = await listen(adapt(siteHandler(files.value, { httpsOnly: false })), { port: 0, host: 'localhost', tls: null });
  if (!server.ok) throw new WorkError(server.failure.code, server.failure.detail);
  return { origin: `http://localhost:${server.value.port}`, close: () => server.value.close(100) };
}
