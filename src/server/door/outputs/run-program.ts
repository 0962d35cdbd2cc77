import { spawn } from 'node:child_process';
import { messageOf } from '../../../base/index.ts';

/** How a program ended. */
export type Ending =
  | { readonly kind: 'exit'; readonly code: number; readonly printed: string }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'not-started'; readonly detail: string }
  /** Killed, with all that it started. */
  | { readonly kind: 'too-slow' };

/** What is kept of what a program prints. */
const maxPrintedChars = 1024;

/**
 * Runs a program without a shell. It gets PATH and what `env` holds, and nothing else of this process.
 *
 * @param command the program and its arguments
 */
export function runProgram(command: readonly string[], env: Readonly<Record<string, string>>, limitMs: number, signal?: AbortSignal): Promise<Ending> {
  const [program = '', ...args] = command;
  const isWindows = process.platform === 'win32';
  return new Promise((resolve) => {
    let ending: Ending | null = null;
    const end = (value: Ending) => {
      ending ??= value;
      clearTimeout(timer);
      signal?.removeEventListener('abort', kill);
      resolve(ending);
    };
    // A group of its own, so that what the program started ends with it.
    const child = spawn(program, args, { shell: false, detached: !isWindows, windowsHide: true, stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env['PATH'] ?? '', ...env } });
    const kill = () => {
      ending ??= { kind: 'too-slow' };
      if (child.pid !== undefined) killGroup(child.pid, isWindows);
      end(ending);
    };
    const timer = setTimeout(kill, limitMs);
    if (signal?.aborted) kill();
    signal?.addEventListener('abort', kill);
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(0, maxPrintedChars)));
    child.once('error', (error) => end({ kind: 'not-started', detail: messageOf(error) }));
    child.once('close', (code, by) => end(code === null ? { kind: 'signal', signal: by ?? '' } : { kind: 'exit', code, printed }));
  });
}

function killGroup(pid: number, isWindows: boolean): void {
  try {
    process.kill(isWindows ? pid : -pid, 'SIGKILL');
  } catch (thrown) {
    // It ended by itself in this very moment.
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}
