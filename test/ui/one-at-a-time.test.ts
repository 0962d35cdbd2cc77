import { expect, it } from 'vitest';
import { OneAtATime } from '../../src/ui/live/one-at-a-time.ts';

it('does one run at a time, and one more for all requests that came meanwhile', async () => {
  let runs = 0;
  let open = 0;
  const work = new OneAtATime(async () => {
    runs++;
    open++;
    expect(open).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    open--;
  });
  await Promise.all([work.request(), work.request(), work.request()]);
  expect(runs).toBe(2);
  await work.request();
  expect(runs).toBe(3);
});
