import { jsonText, placeholdersIn, type CopyableRequest, type Text } from './copyable-request.js';

/** A script for Python 3 with the package requests. */
export function asPython(request: CopyableRequest): string {
  const { method, url, headers, body, notes } = request;
  const names = placeholdersIn(request);
  return [
    ...notes.map((note) => `# ${note}`),
    ...(names.length === 0 ? [] : ['import os']),
    'import requests',
    '',
    ...names.map((name) => `${name} = os.environ["${name}"]  # set it before`),
    'response = requests.request(',
    `    "${method}",`,
    `    ${joined(url)},`,
    ...(headers.length === 0
      ? []
      : [
          '    headers={',
          ...headers.map(([name, value]) => `        ${literal(name)}: ${joined(value)},`),
          '    },',
        ]),
    ...(body === undefined
      ? []
      : [`    data=(${joined('text' in body ? body.text : jsonText(body.json, 0))}).encode("utf-8"),`]),
    ')',
    'print(response.status_code, response.text)',
    '',
  ].join('\n');
}

/** A JSON string is a Python string, but for letters that only one of them escapes. */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', String.raw`\x7f`);
}

function joined(text: Text): string {
  if (text.length === 0) return '""';
  return text.map((part) => (typeof part === 'string' ? literal(part) : part.placeholder)).join(' + ');
}
