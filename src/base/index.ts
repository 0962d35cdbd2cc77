export { fromHex, toHex } from './bytes.ts';
export type { Bytes } from './bytes.ts';
export { systemCalendar, systemClock } from './clock.ts';
export type { Calendar, Clock } from './clock.ts';
export { withDeadline } from './deadline.ts';
export { err, messageOf, ok } from './result.ts';
export type { Err, Failure, Ok, Result } from './result.ts';
export { seededRandom } from './seeded-random.ts';
