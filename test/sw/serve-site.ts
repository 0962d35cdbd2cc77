import type { RunningServer, SiteResponse } from '../../src/server/index.ts';
import { listen, loadSiteFiles, siteHandler } from '../../src/server/index.ts';

/** The app's own server, with what a test needs to do to it. */
export interface ServedSite {
  readonly origin: string;
  /** The path of every request so far. */
  readonly requests: string[];
  /** Stands between the server and the browser: what it gives is sent in place of the true answer. */
  intercept: ((path: string, response: SiteResponse) => SiteResponse | Promise<SiteResponse>) | null;
  /** Serves another build from now on, as after an upgrade of the server. */
  deploy(folder: string): Promise<void>;
  stop(): Promise<void>;
  /** Starts again at the same address. */
  restart(): Promise<void>;
}

export async function serveSite(folder: string): Promise<ServedSite> {
  let handler = await handlerOf(folder);
  let server = await started(0);
  const { port } = server;

  function started(at: number): Promise<RunningServer> {
    return listen(
      async (request) => {
        site.requests.push(request.target);
        const response = await handler(request);
        return site.intercept ? site.intercept(request.target, response) : response;
      },
      { port: at, host: '127.0.0.1', tls: null },
    ).then((result) => {
      if (!result.ok) throw new Error(result.failure.detail);
      return result.value;
    });
  }

  const site: ServedSite = {
    origin: `http://127.0.0.1:${port}`,
    requests: [],
    intercept: null,
    async deploy(next) {
      handler = await handlerOf(next);
    },
    stop: () => server.close(0),
    async restart() {
      server = await started(port);
    },
  };
  return site;
}

async function handlerOf(folder: string): Promise<ReturnType<typeof siteHandler>> {
  const files = await loadSiteFiles(folder);
  if (!files.ok) throw new Error(files.failure.detail);
  return siteHandler(files.value, { httpsOnly: false });
}
