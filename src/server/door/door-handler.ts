import * as v from 'valibot';
import type { Failure, Result } from '../../base/index.ts';
import type { PairingRefusal } from '../../doorlink/index.ts';
import { doorPaths, maxWireBytes, pairingRequest, parseJson } from '../../doorlink/index.ts';
import type { Handler, SiteRequest, SiteResponse } from '../handler.ts';
import type { SecurityOptions } from '../security-headers.ts';
import { securityHeaders } from '../security-headers.ts';
import { pathOf } from '../target-path.ts';
import type { DoorBridge } from './bridge.ts';
import type { PairingWindow } from './pairing-window.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * The bridge over HTTP. POST with `content-type: application/json` only: no page of another origin can send that
 * without being asked, and none is allowed. Signed answers come with 200, whatever they say; 400, 403, 413 and 415 are
 * for what never got as far as a signature.
 */
export function doorHandler(bridge: DoorBridge, pairing: PairingWindow, options: SecurityOptions): Handler {
  const routes: Readonly<Record<string, (body: string) => Promise<Answer>>> = {
    [doorPaths.offer]: () => Promise.resolve(written(pairing.offer())),
    [doorPaths.pair]: (body) => pair(pairing, body),
    [doorPaths.challenge]: async (body) => signed(await bridge.challenge(body)),
    [doorPaths.pulse]: async (body) => signed(await bridge.pulse(body)),
    [doorPaths.state]: async (body) => signed(await bridge.state(body)),
  };
  return async (request) => {
    const route = routes[pathOf(request.target) ?? ''];
    if (!route) return null;
    if (request.method !== 'POST') return response({ status: 405, text: code('bad-message') }, options, { allow: 'POST' });
    if (!isJson(request)) return response({ status: 415, text: code('bad-message') }, options);
    const body = (await request.readBody?.(maxWireBytes)) ?? null;
    if (body === null) return response({ status: 413, text: code('bad-message') }, options, { connection: 'close' });
    return response(await route(new TextDecoder().decode(body)), options);
  };
}

async function pair(pairing: PairingWindow, body: string): Promise<Answer> {
  const parsed = v.safeParse(pairingRequest, parseJson(body));
  return parsed.success ? written(await pairing.pair(parsed.output)) : { status: 400, text: code('bad-message') };
}

function written(result: Result<object, Failure<PairingRefusal>>): Answer {
  return result.ok ? { status: 200, text: JSON.stringify(result.value) } : { status: 403, text: code(result.failure.code) };
}

function signed(wire: string | null): Answer {
  return wire === null ? { status: 400, text: code('bad-message') } : { status: 200, text: wire };
}

function code(refusal: PairingRefusal): string {
  return JSON.stringify({ code: refusal });
}

function isJson({ headers }: SiteRequest): boolean {
  const type = headers['content-type'];
  return typeof type === 'string' && /^application\/json\s*(?:;|$)/i.test(type);
}

function response({ status, text }: Answer, options: SecurityOptions, more: Readonly<Record<string, string>> = {}): SiteResponse {
  const body = Buffer.from(text);
  const headers = {
    ...securityHeaders('other', options),
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(body.byteLength),
    'cache-control': 'no-store',
    ...more,
  };
  return { status, headers, body };
}
