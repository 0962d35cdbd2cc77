import { createHash } from 'node:crypto';
import type { TrustTexts } from './trust-texts.ts';
import { trustTexts } from './trust-texts.ts';

const style = `
:root { color-scheme: light dark; --ground: #f6f7f8; --card: #fff; --text: #16202a; --quiet: #55616d; --accent: #0b57a4; --on-accent: #fff; --line: #d5dae0; }
@media (prefers-color-scheme: dark) { :root { --ground: #10161c; --card: #18212a; --text: #eef2f5; --quiet: #a9b5c0; --accent: #8cc4ff; --on-accent: #06213d; --line: #2c3945; } }
body { margin: 0; padding: 1.25rem; background: var(--ground); color: var(--text); font: 1.0625rem/1.55 system-ui, sans-serif; }
main { max-width: 38rem; margin: 0 auto; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1.25rem; margin-block: 1rem; }
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 .5rem; }
h2 { font-size: 1.0625rem; margin: 1.25rem 0 .25rem; }
p { margin: .5rem 0; }
ol { margin: 0; padding-inline-start: 1.4rem; }
li { margin-block: .35rem; }
a { display: block; min-height: 1.5rem; margin-block: 1rem; padding: .75rem 1rem; border: 2px solid var(--accent); border-radius: .75rem; color: var(--accent); font-weight: 600; text-align: center; text-decoration: none; }
a.first { background: var(--accent); color: var(--on-accent); }
a:focus-visible { outline: 3px solid var(--text); outline-offset: 2px; }
code { display: block; overflow-wrap: anywhere; font: .875rem/1.5 ui-monospace, monospace; color: var(--quiet); }
.quiet { color: var(--quiet); font-size: .9375rem; }
`;

/** The page's only style, named by its hash: the policy then needs no 'unsafe-inline'. */
export const trustPagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface TrustPageFacts {
  readonly certificatePath: string;
  /** SHA-256 of the authority's certificate, as `AB:CD:...`. */
  readonly fingerprint: string;
  /** Address of the app over https. */
  readonly appUrl: string;
}

/** One page, without a script, with the steps for Android and iOS in every language. */
export function trustPage(facts: TrustPageFacts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>Lintel · ${trustTexts.map((texts) => texts.download).join(' · ')}</title>
<style>${style}</style>
</head>
<body><main>
${trustTexts.map((texts) => section(texts, facts)).join('\n')}
</main></body>
</html>
`;
}

function section(texts: TrustTexts, facts: TrustPageFacts): string {
  const steps = texts.steps.map(({ system, items }) => `<h2>${system}</h2><ol>${items.map((item) => `<li>${item}</li>`).join('')}</ol>`);
  return `<section lang="${texts.lang}">
<h1>${texts.title}</h1>
<p>${texts.why}</p>
<a class="first" href="${escaped(facts.certificatePath)}">${texts.download}</a>
${steps.join('\n')}
<p>${texts.compare}</p>
<code>${escaped(facts.fingerprint)}</code>
<a href="${escaped(facts.appUrl)}">${texts.open}</a>
<p class="quiet">${texts.later}</p>
</section>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
