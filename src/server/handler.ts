/** What a handler needs of a request: no socket, so that handlers run in tests as plain functions. */
export interface SiteRequest {
  readonly method: string;
  /** The request target as it came over the wire, still encoded: `/settings?x=1`. */
  readonly target: string;
  /** Names in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Reads what was sent with the request; null when it is longer than `maxBytes`, or did not come in time. */
  readonly readBody?: (maxBytes: number) => Promise<Uint8Array | null>;
}

export interface SiteResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null where nothing is sent: the answer to HEAD, and 304. */
  readonly body: Uint8Array | null;
}

/** Answers every request it gets. */
export type FinalHandler = (request: SiteRequest) => Promise<SiteResponse>;

/** Answers a request, or gives null to leave it to the next handler. */
export type Handler = (request: SiteRequest) => Promise<SiteResponse | null>;

/** One handler out of several: the first that answers wins, `last` takes what is left. */
export function firstOf(handlers: readonly Handler[], last: FinalHandler): FinalHandler {
  return async (request) => {
    for (const handler of handlers) {
      const response = await handler(request);
      if (response) return response;
    }
    return last(request);
  };
}
