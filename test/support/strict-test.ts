import { expect, test as base } from '@playwright/test';
import type { BrowserContext } from '@playwright/test';

/** What a browser says when a policy is broken: of content, of trusted types, of permissions, of isolation. */
const complaint = /Content Security Policy|Trusted ?(?:Types?|HTML|Script)|[Pp]ermissions?[ -][Pp]olicy|Cross-Origin-|blocked by CORS|ERR_BLOCKED/;

/**
 * A `test` that fails when a page, a worker or a thread breaks a policy of its response: documents are asked
 * (`securitypolicyviolation`), and the console is read, where the browser reports what workers did.
 */
export const strictTest = base.extend<{ violations: readonly string[]; mayViolate: boolean }>({
  /** For a test that breaks a policy on purpose. */
  mayViolate: [false, { option: true }],
  violations: [
    async ({ context, mayViolate }, use) => {
      const violations = await watchPolicies(context);
      await use(violations);
      if (!mayViolate) expect(violations, 'broken policies').toEqual([]);
    },
    { auto: true },
  ],
});

/** The list grows as policies are broken. */
export async function watchPolicies(context: BrowserContext): Promise<readonly string[]> {
  const violations: string[] = [];
  context.on('console', (message) => {
    if (complaint.test(message.text())) violations.push(message.text());
  });
  await context.exposeBinding('lintelViolated', (_, text: string) => void violations.push(text));
  await context.addInitScript(() => {
    const { lintelViolated } = globalThis as unknown as { lintelViolated: (text: string) => Promise<void> };
    document.addEventListener('securitypolicyviolation', (event) => void lintelViolated(`${event.effectiveDirective} of ${event.documentURI}: ${event.blockedURI} ${event.sample}`));
  });
  return violations;
}
