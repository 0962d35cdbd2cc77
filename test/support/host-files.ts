/** What a static host would send for a path: names in lower case. */
export type SentHeaders = Readonly<Record<string, string>>;

/**
 * Reads a `_headers` file as its hosts do: every rule that fits adds its headers, and what two of them say is joined
 * with a comma.
 */
export function readHeadersFile(text: string): (path: string) => SentHeaders {
  const rules: { pattern: string; headers: [string, string][] }[] = [];
  for (const line of text.split('\n').filter((each) => each.trim() !== '' && !each.startsWith('#'))) {
    const [, name, value] = /^\s+([\w-]+): (.+)$/.exec(line) ?? [];
    if (name && value) rules.at(-1)?.headers.push([name.toLowerCase(), value]);
    else rules.push({ pattern: line.trim(), headers: [] });
  }
  return (path) => {
    const sent: Record<string, string> = {};
    for (const { pattern, headers } of rules) {
      const fits = pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
      for (const [name, value] of fits ? headers : []) sent[name] = name in sent ? `${sent[name] ?? ''}, ${value}` : value;
    }
    return sent;
  };
}

/** Reads the maps, the exact locations and the headers of our nginx configuration; it has no other directives that decide. */
export function readNginxFile(text: string): (path: string) => SentHeaders {
  const maps = new Map([...text.matchAll(/^map \$uri \$(\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => [name, readMap(body)]));
  const rewrites = new Map([...text.matchAll(/^ {4}location = (\S+) \{ rewrite \^ (\S+) break; \}$/gm)].map(([, from = '', to = '']) => [from, to]));
  const headers = [...text.matchAll(/^ {4}add_header (\S+) (?:"([^"]*)"|\$(\w+)) always;$/gm)];
  return (path) => {
    const uri = rewrites.get(path) ?? path;
    return Object.fromEntries(headers.map(([, name = '', value, variable]) => [name, value ?? maps.get(variable ?? '')?.(uri) ?? '']));
  };
}

/** Ref: nginx, ngx_http_map_module: a whole string first, then the first expression that fits, then the default. */
function readMap(body: string): (uri: string) => string | undefined {
  const lines = [...body.matchAll(/^ {4}(\S+) "([^"]*)";$/gm)].map(([, key = '', value = '']) => ({ key, value }));
  return (uri) => {
    const exact = lines.find(({ key }) => key === uri);
    const fitting = lines.find(({ key }) => key.startsWith('~') && new RegExp(key.slice(1)).test(uri));
    return (exact ?? fitting ?? lines.find(({ key }) => key === 'default'))?.value;
  };
}
