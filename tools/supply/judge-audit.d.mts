/** An advisory's address, and why it does no harm here. */
export interface AuditException {
  readonly advisory: string;
  readonly why: string;
}

/** `unknown`: the registry gave no answer. */
export function judgeAudit(printed: string, exceptions: readonly AuditException[]): { readonly verdict: 'clean' | 'weak' | 'unknown'; readonly lines: readonly string[] };
