import { isJsonObject, type Json, type JsonObject } from '../../../../contracts/json.js';
import { members } from '../../operation-index.js';
import { OutboundError, shown } from '../outbound-error.js';

/**
 * Where an operation is (OpenAPI 3.1, Server Object): the first http server of the operation, its path or the document,
 * variables at their defaults, relative to where the document came from. Without a slash at the end.
 * Raises `configuration` when there is none.
 */
export function serversOf(
  document: JsonObject,
  item: JsonObject,
  operation: JsonObject,
  source: URL,
): string {
  const listed = [operation, item, document].map(({ servers }) => servers).find(isFilledList) ?? [
    { url: '/' },
  ];
  const addresses = listed.flatMap((server) => {
    const text = isJsonObject(server) ? addressOf(server) : undefined;
    return text !== undefined && URL.canParse(text, source.href) ? [new URL(text, source)] : [];
  });
  const found = addresses.find(({ protocol }) => protocol === 'https:' || protocol === 'http:');
  if (found === undefined)
    throw new OutboundError(
      'configuration',
      `${shown(source)} names no server that can be called by http or https.`,
    );
  found.search = '';
  found.hash = '';
  return found.href.replace(/\/+$/, '');
}

function addressOf({ url, variables }: JsonObject): string | undefined {
  if (typeof url !== 'string') return undefined;
  const values = new Map(
    members(variables).map(([name, variable]) => [
      name,
      isJsonObject(variable) && typeof variable['default'] === 'string' ? variable['default'] : '',
    ]),
  );
  return url.replace(/\{([^}]+)\}/g, (_variable, name: string) => values.get(name) ?? '');
}

function isFilledList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value) && value.length > 0;
}
