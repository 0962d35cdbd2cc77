// Part of `npm run build`: writes dist/sbom.cdx.json, a list of what the app is made of, in CycloneDX 1.5: the packages as npm
// knows them, and the models with their hashes and licences.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** A network is a component as well: https://cyclonedx.org/docs/1.5/json/#components_items_type */
function modelComponents() {
  const folders = readdirSync(at('models'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => {
    const { id, title, source, licence, files } = JSON.parse(readFileSync(at(`models/${name}/card.json`), 'utf8'));
    return {
      ...{ 'bom-ref': `model:${id}`, type: 'machine-learning-model', name: id, version: source.version, description: title },
      licenses: [{ license: { id: licence.spdx } }],
      externalReferences: [{ type: 'distribution', url: `https://www.npmjs.com/package/${source.package}` }],
      components: files.map((file) => ({ type: 'file', name: file.name, hashes: [{ alg: 'SHA-256', content: file.sha256 }] })),
    };
  });
}

try {
  const listed = execFileSync(npm, ['sbom', '--sbom-format=cyclonedx', '--omit=dev'], { cwd: at('.'), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' });
  const bom = JSON.parse(listed);
  bom.metadata.component = { ...bom.metadata.component, name: 'lintel', type: 'application' };
  bom.components.push(...modelComponents());
  writeFileSync(at('dist/sbom.cdx.json'), `${JSON.stringify(bom, null, 1)}\n`);
} catch (thrown) {
  // The app itself is built: a folder of packages that somebody changed by hand must not keep it from starting.
  console.warn(`dist/sbom.cdx.json was not written: ${thrown instanceof Error ? thrown.message : thrown}`);
}
