// `npm run hosts:write`: writes what static hosts need to serve the built app as our own server does.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { headersFile, nginxFile, redirectsFile } from '../src/server/index.ts';

const files = { 'public/_headers': headersFile(), 'public/_redirects': redirectsFile(), 'docs/nginx.conf': nginxFile() };

for (const [path, text] of Object.entries(files)) writeFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), text);
