import type { Browser, CDPSession } from '@playwright/test';

/**
 * A page in a window of its own that can be hidden, frozen and woken as the browser does it. The runner keeps its own pages
 * visible and awake whatever happens, so this one is driven by the browser's protocol alone.
 */
export interface BarePage {
  /** Calls a function in the page, which sees nothing of the test but its argument. */
  evaluate<A, T>(work: (given: A) => T | Promise<T>, given: A): Promise<T>;
  /** Another tab comes before it. */
  hide(): Promise<void>;
  show(): Promise<void>;
  /** Hides it and stops its timers and tasks, as browsers do with pages in the background. */
  freeze(): Promise<void>;
  /** Ends the freeze; the page stays hidden until it is shown. */
  thaw(): Promise<void>;
  command(method: string, parameters?: object): Promise<unknown>;
  close(): Promise<void>;
}

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Evaluated {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
}

/** @param scripts run in the page before its own */
export async function openBarePage(browser: Browser, url: string, scripts: readonly (() => void)[] = []): Promise<BarePage> {
  const cdp = await browser.newBrowserCDPSession();
  const { browserContextId } = await cdp.send('Target.createBrowserContext');
  const { targetId } = await cdp.send('Target.createTarget', { url: 'about:blank', browserContextId, newWindow: true });
  const command = await attach(cdp, targetId);
  await command('Page.enable');
  for (const script of scripts) await command('Page.addScriptToEvaluateOnNewDocument', { source: `(${script.toString()})()` });
  let coverId: string | null = null;
  const evaluate = async <A, T>(work: (given: A) => T | Promise<T>, given: A): Promise<T> => {
    const { result, exceptionDetails: thrown } = (await command('Runtime.evaluate', {
      expression: `(${work.toString()})(${JSON.stringify(given)})`,
      awaitPromise: true,
      returnByValue: true,
    })) as Evaluated;
    if (thrown) throw new Error(thrown.exception?.description ?? thrown.text);
    return result.value as T;
  };
  const hide = async (): Promise<void> => {
    const cover = await cdp.send('Target.createTarget', { url: 'about:blank', browserContextId });
    coverId = cover.targetId;
  };
  await command('Page.navigate', { url });
  return {
    evaluate,
    command,
    hide,
    show: async () => {
      if (coverId) await cdp.send('Target.closeTarget', { targetId: coverId });
      coverId = null;
      await cdp.send('Target.activateTarget', { targetId });
    },
    freeze: async () => {
      await hide();
      await command('Page.setWebLifecycleState', { state: 'frozen' });
    },
    thaw: async () => {
      await command('Page.setWebLifecycleState', { state: 'active' });
    },
    close: async () => {
      await cdp.send('Target.disposeBrowserContext', { browserContextId });
      await cdp.detach();
    },
  };
}

/** Commands travel as messages inside of the browser's session: the runner takes no notice of a page that it did not open. */
async function attach(cdp: CDPSession, targetId: string): Promise<(method: string, parameters?: object) => Promise<unknown>> {
  const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: false });
  const waiting = new Map<number, { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void }>();
  let lastId = 0;
  cdp.on('Target.receivedMessageFromTarget', (event) => {
    if (event.sessionId !== sessionId) return;
    const { id, result, error } = JSON.parse(event.message) as Answer;
    const waits = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || !waits) return;
    waiting.delete(id);
    if (error) waits.reject(new Error(error.message));
    else waits.resolve(result);
  });
  return (method, parameters = {}) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params: parameters }) }).catch(reject);
    });
}
