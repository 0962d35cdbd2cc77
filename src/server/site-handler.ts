import type { FinalHandler, SiteRequest, SiteResponse } from './handler.ts';
import { chooseEncoding } from './encoding.ts';
import type { SecurityOptions } from './security-headers.ts';
import { securityHeaders } from './security-headers.ts';
import type { SiteFile, SiteFiles } from './site-files.ts';
import { appRoutes, cacheControlOf, hostFiles, kindOfPath } from './site-rules.ts';
import { pathOf } from './target-path.ts';

/**
 * Serves the built app and answers every request it gets: 200, 304, 400 for a path that tries to leave the folder or
 * cannot be decoded, 404, 405 for anything but GET and HEAD.
 */
export function siteHandler(files: SiteFiles, options: SecurityOptions): FinalHandler {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(request, 405, 'Only GET and HEAD are allowed here.', options);
    const path = pathOf(request.target);
    if (path === null) return plain(request, 400, 'This address cannot be understood.', options);
    const name = appRoutes.includes(path) ? '/index.html' : path;
    const file = hostFiles.includes(name) ? undefined : files.get(name);
    return file ? fileResponse(request, name, file, options) : plain(request, 404, 'There is nothing at this address.', options);
  };
}

async function fileResponse(request: SiteRequest, name: string, file: SiteFile, options: SecurityOptions): Promise<SiteResponse> {
  const encoding = chooseEncoding(headerOf(request, 'accept-encoding'));
  const packed = encoding ? await file.encoded(encoding) : null;
  const body = packed ?? file.bytes;
  const etag = packed && encoding ? `"${file.digest}-${encoding}"` : `"${file.digest}"`;
  const lasting = {
    ...securityHeaders(kindOfPath(name), options),
    'cache-control': cacheControlOf(name),
    etag,
    vary: 'accept-encoding',
  };
  if (matches(headerOf(request, 'if-none-match'), etag)) return { status: 304, headers: lasting, body: null };
  const headers = {
    ...lasting,
    'content-type': file.type,
    'content-length': String(body.byteLength),
    ...(packed && encoding ? { 'content-encoding': encoding } : {}),
  };
  return { status: 200, headers, body: request.method === 'HEAD' ? null : body };
}

/** Ref: RFC 9110, 13.1.2: weak comparison, so a `W/` that a proxy put in front does not matter. */
function matches(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

function headerOf(request: SiteRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : (value?.join(', ') ?? '');
}

function plain(request: SiteRequest, status: number, sentence: string, options: SecurityOptions): SiteResponse {
  const body = Buffer.from(`${sentence}\n`);
  const headers = {
    ...securityHeaders('other', options),
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(body.byteLength),
    'cache-control': 'no-store',
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
  };
  return { status, headers, body: request.method === 'HEAD' ? null : body };
}
