import { jsonText, placeholdersIn, type CopyableRequest, type Text } from './copyable-request.js';

/** A module for Node.js, which is plain JavaScript too. */
export function asTypeScript(request: CopyableRequest): string {
  const { method, url, headers, body, notes } = request;
  const names = placeholdersIn(request);
  // fetch refuses a body here, though servers may take one.
  const mayHaveBody = method !== 'GET' && method !== 'HEAD';
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  const sent = body === undefined || !mayHaveBody ? undefined : bodyText(body);
  return [
    ...notes.map((note) => `// ${note}`),
    ...(body !== undefined && !mayHaveBody
      ? [`// The body is left out: fetch sends none with ${method}.`]
      : []),
    ...names.map((name) => `const ${name} = process.env['${name}'] ?? ''; // set it before`),
    `const response = await fetch(${joined(url)}, {`,
    `  method: '${method}',`,
    ...(headers.length === 0
      ? []
      : [
          '  headers: {',
          ...headers.map(([name, value]) => `    ${JSON.stringify(name)}: ${joined(value)},`),
          '  },',
        ]),
    // A text would be sent as text/plain.
    ...(sent === undefined ? [] : [`  body: ${hasType ? sent : `new TextEncoder().encode(${sent})`},`]),
    '});',
    'console.log(response.status, await response.text());',
    '',
  ].join('\n');
}

function bodyText(body: NonNullable<CopyableRequest['body']>): string {
  if ('text' in body) return joined(body.text);
  const [pretty, ...others] = jsonText(body.json, 2);
  // In a literal this name would set the prototype.
  return typeof pretty === 'string' && others.length === 0 && !pretty.includes('"__proto__"')
    ? `JSON.stringify(${pretty.replaceAll('\n', '\n  ')})`
    : joined(jsonText(body.json, 0));
}

function joined(text: Text): string {
  if (text.length === 0) return "''";
  return text.map((part) => (typeof part === 'string' ? JSON.stringify(part) : part.placeholder)).join(' + ');
}
