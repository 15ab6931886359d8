import { inOnePiece, jsonText, placeholdersIn, type CopyableRequest, type Text } from './copyable-request.js';

/** Bytes that no terminal takes from a paste. */
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** A command for bash: everything in single quotes, variables in double ones. */
export function asCurl(request: CopyableRequest): string {
  const { method, url, headers, body, notes } = request;
  const sent: Text | undefined =
    body === undefined ? undefined : 'text' in body ? body.text : jsonText(body.json, 0);
  const piped = sent?.some((part) => typeof part === 'string' && unprintable.test(part)) === true;
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  const options = [
    // Addresses are taken as they are: neither brackets nor dots mean anything.
    `curl --globoff --path-as-is ${method === 'HEAD' ? '--head' : `--request ${method}`} ${quoted(url)}`,
    ...headers.map(([name, value]) =>
      value.every((part) => part === '')
        ? `--header ${quoted([`${name};`])}`
        : `--header ${quoted(inOnePiece([`${name}: `, ...value]))}`,
    ),
    // Without this, curl would call any body a form.
    ...(sent !== undefined && !hasType ? ["--header 'content-type:'"] : []),
    ...(sent === undefined ? [] : [piped ? '--data-binary @-' : `--data-raw ${quoted(sent)}`]),
  ];
  const command = options.join(' \\\n  ');
  return [
    ...notes.map((note) => `# ${note}`),
    ...placeholdersIn(request).map((name) => `# Set ${name} before.`),
    sent !== undefined && piped ? `${printed(sent)} | ${command}` : command,
    '',
  ].join('\n');
}

function quoted(text: Text): string {
  return text
    .map((part) =>
      typeof part === 'string' ? `'${part.replaceAll("'", String.raw`'\''`)}'` : `"$${part.placeholder}"`,
    )
    .join('');
}

/** `printf` makes every byte again. */
function printed(text: Text): string {
  const format = text
    .map((part) => (typeof part === 'string' ? formatOf(part) : '%s'))
    .join('')
    .replaceAll("'", String.raw`'\''`);
  const values = text.flatMap((part) => (typeof part === 'string' ? [] : [` "$${part.placeholder}"`]));
  return `printf '${format}'${values.join('')}`;
}

function formatOf(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')
    .replaceAll(new RegExp(unprintable, 'g'), (character) => {
      const octal = character.charCodeAt(0).toString(8).padStart(3, '0');
      return `\\${octal}`;
    });
}
