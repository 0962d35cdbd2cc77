// Draws the app's mark into public/: `node tools/icons.mjs` after a change of the mark, then commit what it wrote.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from './find-chromium.mjs';

const ink = '#0e1116';
const amber = '#f5b83d';
const chalk = '#f3f1ec';

/** A beam over a doorway. The doorway's broken outline is a detection frame; what it found stands in the middle. */
const mark = `
  <rect x="72" y="86" width="368" height="64" rx="18" fill="${amber}"/>
  <g fill="none" stroke="${chalk}" stroke-width="40" stroke-linejoin="round">
    <path d="M132 176v66M380 176v66"/>
    <path d="M132 328v84h82M380 328v84h-82"/>
  </g>
  <circle cx="256" cy="286" r="48" fill="${amber}"/>`;

/**
 * @param {number} cornerPx radius of the ground's corners on a side of 512; 0 where the system cuts the shape itself
 * @param {number} scale of the mark around the middle, to stay inside a shape that the system cuts
 */
function icon(cornerPx, scale) {
  const moved = scale === 1 ? mark : `<g transform="translate(256 256) scale(${scale}) translate(-256 -256)">${mark}\n  </g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">
  <rect width="512" height="512" rx="${cornerPx}" fill="${ink}"/>${moved}
</svg>
`;
}

const rounded = icon(112, 1);
const pictures = [
  { file: 'icons/icon-192.png', side: 192, svg: rounded },
  { file: 'icons/icon-512.png', side: 512, svg: rounded },
  { file: 'icons/maskable-512.png', side: 512, svg: icon(0, 0.8) },
  { file: 'icons/apple-touch-icon.png', side: 180, svg: icon(0, 0.9) },
];

const folder = fileURLToPath(new URL('../public/', import.meta.url));
await mkdir(`${folder}icons`, { recursive: true });
await writeFile(`${folder}favicon.svg`, rounded);

const executablePath = await findChromium();
if (!executablePath) throw new Error('no Chromium or Chrome found: set CHROMIUM_PATH');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  for (const { file, side, svg } of pictures) {
    await page.setViewportSize({ width: side, height: side });
    await page.setContent(`<style>html,body{margin:0}svg{display:block;width:${side}px;height:${side}px}</style>${svg}`);
    await page.screenshot({ path: `${folder}${file}`, omitBackground: true });
    console.log(`public/${file}`);
  }
} finally {
  await browser.close();
}
