/** @typedef {{ readonly advisory: string, readonly why: string }} AuditException an advisory's address, and why it does no harm here */

/**
 * What `npm audit --json` says, in lines for people.
 *
 * @param {string} printed
 * @param {readonly AuditException[]} exceptions
 * @returns {{ verdict: 'clean' | 'weak' | 'unknown', lines: readonly string[] }} `unknown`: the registry gave no answer
 */
export function judgeAudit(printed, exceptions) {
  const report = parsed(printed);
  if (!report?.vulnerabilities) return { verdict: 'unknown', lines: [`not checked: the registry gave no answer (${report?.message ?? 'nothing printed'})`] };
  const advisories = Object.values(report.vulnerabilities).flatMap(({ name, via }) => via.filter((each) => typeof each === 'object').map(({ url, title, severity }) => ({ name, url, title, severity })));
  const explained = ({ url }) => exceptions.find(({ advisory }) => advisory === url);
  const open = advisories.filter((advisory) => !explained(advisory));
  const unused = exceptions.filter(({ advisory }) => !advisories.some(({ url }) => url === advisory));
  const lines = [
    ...advisories.map((advisory) => `${advisory.severity}: ${advisory.name}: ${advisory.title} (${advisory.url})${explained(advisory) ? `, explained: ${explained(advisory).why}` : ''}`),
    ...unused.map(({ advisory }) => `no longer needed in audit-exceptions.json: ${advisory}`),
  ];
  if (open.length > 0) return { verdict: 'weak', lines };
  return { verdict: 'clean', lines: lines.length > 0 ? lines : ['no known weakness'] };
}

function parsed(printed) {
  try {
    return JSON.parse(printed);
  } catch {
    return null;
  }
}
