import { isJsonObject, type Json } from '../../../contracts/json.js';
import { OutboundError } from './outbound-error.js';

/**
 * Expands `{name}` by the input's top-level property of that name. OWS DSL 1.0.3, URI Template: RFC 6570, simple
 * string expansion. What is absent or null becomes nothing. A value can fill a path segment or a part of the query, and
 * nothing else: it is percent-encoded, it may not be a dot segment, and scheme and host take no values.
 * Raises `expression` for a value that is neither text, number nor boolean, `validation` for a dot segment,
 * `configuration` for a variable in scheme or host.
 */
export function expandUri(template: string, input: Json): string {
  if (!template.includes('{')) return template;
  const [, authority = '', path = '', rest = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/[^/?#\\]*)?([^?#]*)(.*)$/is.exec(template) ?? [];
  if (authority.includes('{'))
    throw new OutboundError(
      'configuration',
      `${template}: a variable cannot stand in the host. Write the whole address as an expression if it is to come from data.`,
    );
  const expand = (text: string): string =>
    text.replace(/\{([^{}]*)\}/g, (_variable, name: string) => valueOf(template, name, input));
  const segments = path.split(/([/\\])/).map((segment) => {
    const expanded = expand(segment);
    if (segment.includes('{') && /^(\.|%2e){1,2}$/i.test(expanded))
      throw new OutboundError(
        'validation',
        `${template}: ${segment} became "${expanded}", which is no name.`,
      );
    return expanded;
  });
  return `${authority}${segments.join('')}${expand(rest)}`;
}

function valueOf(template: string, name: string, input: Json): string {
  const value = isJsonObject(input) && Object.hasOwn(input, name) ? input[name] : undefined;
  if (value === undefined || value === null) return '';
  if (typeof value === 'object')
    throw new OutboundError(
      'expression',
      `${template}: {${name}} is ${Array.isArray(value) ? 'a list' : 'an object'}; only text, numbers and booleans fit into an address.`,
    );
  return encodeStrictly(String(value));
}

/** Percent-encodes everything but the unreserved characters of RFC 3986. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
