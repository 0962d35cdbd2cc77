import type { X509Certificate } from 'node:crypto';
import type { FinalHandler, Handler, SiteRequest, SiteResponse } from './handler.ts';
import { securityHeaders } from './security-headers.ts';
import { pathOf } from './target-path.ts';
import { trustPage, trustPagePolicy } from './trust-page.ts';

/** Where the authority's certificate can be fetched, over https and over the plain-http helper. */
export const certificatePath = '/lintel-authority.crt';
/** The page with the steps, on the plain-http helper. */
export const trustPath = '/trust';

/** Serves the authority's certificate (DER), and leaves everything else to the next handler. */
export function certificateHandler(authority: () => X509Certificate): Handler {
  return (request) => {
    if (!isRead(request) || pathOf(request.target) !== certificatePath) return Promise.resolve(null);
    // Not as an attachment: Safari would put the file away instead of offering to install it.
    return Promise.resolve(response(request, 200, authority().raw, { 'content-type': 'application/x-x509-ca-cert' }));
  };
}

/**
 * The plain-http helper: a phone must fetch the certificate before it can trust https. It serves the steps and
 * nothing of the app; the link back to the app uses the name by which the phone reached this page.
 */
export function trustHandler(authority: () => X509Certificate, appPort: number): FinalHandler {
  return (request) => {
    const path = pathOf(request.target);
    if (!isRead(request)) return Promise.resolve(response(request, 405, Buffer.alloc(0), { allow: 'GET, HEAD' }));
    if (path === '/') return Promise.resolve(response(request, 302, Buffer.alloc(0), { location: trustPath }));
    if (path !== trustPath) return Promise.resolve(response(request, 404, Buffer.alloc(0), {}));
    const page = trustPage({ certificatePath, fingerprint: authority().fingerprint256, appUrl: `https://${hostOf(request)}:${appPort}/` });
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': trustPagePolicy };
    return Promise.resolve(response(request, 200, Buffer.from(page), headers));
  };
}

/** Host without port: `192.168.1.20`, `[fd00::1]`, `studio.local`. Anything odd becomes `localhost`. */
function hostOf(request: SiteRequest): string {
  const host = request.headers['host'];
  return (typeof host === 'string' ? /^(\[[\da-f:]+\]|[\w.-]+)(?::\d+)?$/i.exec(host)?.[1] : undefined) ?? 'localhost';
}

function isRead({ method }: SiteRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

function response(request: SiteRequest, status: number, body: Uint8Array, headers: Readonly<Record<string, string>>): SiteResponse {
  return {
    status,
    headers: { ...securityHeaders('other', { httpsOnly: false }), 'cache-control': 'no-store', 'content-length': String(body.byteLength), ...headers },
    body: request.method === 'HEAD' ? null : body,
  };
}
