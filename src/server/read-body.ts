import type { IncomingMessage } from 'node:http';

const limitMs = 5000;

/** The body of a request; null when it is longer than `maxBytes`, breaks off, or takes more than five seconds. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const end = (body: Uint8Array | null) => {
      clearTimeout(timer);
      request.off('data', take);
      resolve(body);
    };
    const take = (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) end(null);
      else chunks.push(chunk);
    };
    const timer = setTimeout(() => end(null), limitMs);
    request.on('data', take);
    request.once('end', () => end(Buffer.concat(chunks)));
    request.once('error', () => end(null));
    request.once('close', () => end(null));
  });
}
