import type * as Timing from './time-search.ts';
import { withModules, withPage } from './module-server.ts';
import { timeSearch } from './time-search.ts';

const usage = `usage: tsx tools/measure/search.ts [<templates>] [--page]

Times the search for a face among made templates of 128 numbers (100000 unless told), in Node, or with --page in headless
Chromium. Prints one JSON line.
`;

const [wanted = '100000', ...rest] = process.argv.slice(2).filter((word) => word !== '--page');
const templates = Number(wanted);
if (rest.length > 0 || !Number.isInteger(templates) || templates < 30_000 || templates > 2_000_000) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const inPage = process.argv.includes('--page');
  const figures = inPage ? await timeInPage(templates) : timeSearch(templates);
  process.stdout.write(`${JSON.stringify({ engine: inPage ? 'chromium' : 'node', ...figures })}\n`);
}

function timeInPage(count: number): Promise<Timing.SearchFigures> {
  return withModules((server) =>
    withPage(server, [], (page) =>
      page.evaluate(async (rows) => {
        const address = '/tools/measure/time-search.ts';
        const timing = (await import(address)) as typeof Timing;
        return timing.timeSearch(rows);
      }, count),
    ),
  );
}
