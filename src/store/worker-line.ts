import { withDeadline } from '../base/index.ts';
import type { VersionStanding, WorkerMessage } from './worker-messages.ts';

/** A worker of another version may not know the question. */
const answerLimitMs = 5000;

/** Tells the service worker that controls this page. Nobody hears it where none does. */
export function tellWorker(message: WorkerMessage): void {
  controller()?.postMessage(message);
}

/** @returns the answer; undefined where no worker controls this page, or it does not answer */
export async function askWorker(message: WorkerMessage): Promise<unknown> {
  const worker = controller();
  if (!worker) return undefined;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<unknown>((resolve) => (port1.onmessage = (event: MessageEvent<unknown>) => resolve(event.data)));
  worker.postMessage(message, [port2]);
  const answered = await withDeadline(answer, answerLimitMs, message.type);
  port1.close();
  return answered.ok ? answered.value : undefined;
}

/** How the version of this page stands; null where nobody says. */
export async function askStanding(): Promise<VersionStanding | null> {
  const answer = await askWorker({ type: 'VERSION_ASK' });
  if (typeof answer !== 'object' || answer === null || !('onTrial' in answer) || !('rolledBack' in answer)) return null;
  return { onTrial: answer.onTrial === true, rolledBack: answer.rolledBack === true };
}

/** Some embedders have no service workers at all. */
function controller(): ServiceWorker | null {
  return 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;
}
