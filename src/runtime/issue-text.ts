import type * as v from 'valibot';
import { getDotPath } from 'valibot';

/**
 * What is wrong with checked JSON: the field, what stands there and what belongs there.
 * Example: "the field input.scale is 0, not >0".
 */
export function issueText(issue: v.BaseIssue<unknown>): string {
  const path = getDotPath(issue as v.BaseIssue<unknown> & { path?: undefined });
  const field = path === null ? 'the whole' : `the field ${path.slice(0, 200)}`;
  if (issue.expected === 'never') return `${field} is none that is known`;
  if (issue.received === 'undefined') return `${field} is missing`;
  if (issue.expected === null) return `${field} is ${issue.message.startsWith('Invalid') ? 'not accepted' : issue.message}`;
  return `${field} is ${issue.received.slice(0, 80)}, not ${issue.expected.slice(0, 200)}`;
}
