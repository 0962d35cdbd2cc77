import { commonHeaders, policyOf } from './security-headers.ts';
import type { ResponseKind } from './security-headers.ts';
import { appRoutes, askEachTime, documents, foreverCache, hashedFolders, serviceWorkerPath, workerFolder } from './site-rules.ts';

/** A static host promises https for good: it serves nothing else. */
const common = commonHeaders({ httpsOnly: true });

const note = 'Written by `npm run hosts:write` from src/server/security-headers.ts; a test holds the two together.';

interface Rule {
  /** A path, or a folder with `*` at its end. No two rules hold the same path: hosts join what two of them say. */
  readonly pattern: string;
  readonly kind: ResponseKind;
  readonly cache: string;
}

const rules: readonly Rule[] = [
  ...[...appRoutes, ...documents].map((pattern) => ({ pattern, kind: 'document', cache: askEachTime }) as const),
  { pattern: serviceWorkerPath, kind: 'service-worker', cache: askEachTime },
  ...hashedFolders.filter(holdsNoRoute).map((folder) => ({ pattern: `${folder}*`, kind: folder === workerFolder ? 'worker' : 'other', cache: foreverCache }) as const),
  ...['/icons/*', '/favicon.svg', '/manifest.webmanifest', '/notices.json'].map((pattern) => ({ pattern, kind: 'other', cache: askEachTime }) as const),
];

/** `/models/add` is a view, and beside it lie the models: they go without a policy, which means nothing for weights. */
function holdsNoRoute(folder: string): boolean {
  return !appRoutes.some((route) => route.startsWith(folder));
}

/** `_headers` of a static host that reads one (Netlify, Cloudflare Pages and their like). */
export function headersFile(): string {
  const each = rules.map(({ pattern, kind, cache }) => `${pattern}\n${headerLines({ 'content-security-policy': policyOf(kind), 'cache-control': cache })}`);
  return `# ${note}\n${[`/*\n${headerLines(common)}`, ...each].join('\n')}`;
}

/** `_redirects` of the same hosts: the app's own addresses all give its one page. */
export function redirectsFile(): string {
  const routes = appRoutes.filter((route) => route !== '/');
  return `# ${note}\n${routes.map((route) => `${route} / 200\n`).join('')}`;
}

/** The part of an nginx configuration that serves the built app with the same headers. */
export function nginxFile(): string {
  const policies = [
    `    default "${policyOf('other')}";`,
    `    ~\\.html$ "${policyOf('document')}";`,
    `    ${serviceWorkerPath} "${policyOf('service-worker')}";`,
    `    ~^${workerFolder} "${policyOf('worker')}";`,
  ];
  const caches = [`    default "${askEachTime}";`, ...hashedFolders.map((folder) => `    ~^${folder} "${foreverCache}";`)];
  const headers = [
    ...Object.entries(common).map(([name, value]) => `    add_header ${name} "${value}" always;`),
    '    add_header content-security-policy $lintel_policy always;',
    '    add_header cache-control $lintel_cache always;',
  ];
  return `# ${note}
# Include it in the http block, and add listen, ssl_certificate and ssl_certificate_key: browsers give the camera to https only.
# A location with an add_header of its own would lose all of these.
map $uri $lintel_policy {
${policies.join('\n')}
}
map $uri $lintel_cache {
${caches.join('\n')}
}
server {
    server_name lintel.example;
    root /srv/lintel/dist/app;
${headers.join('\n')}
${appRoutes.map((route) => `    location = ${route} { rewrite ^ /index.html break; }`).join('\n')}
    location = /_headers { return 404; }
    location = /_redirects { return 404; }
    location / { try_files $uri =404; }
}
`;
}

function headerLines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join('');
}
