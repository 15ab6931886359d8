import type { Json } from '../../../../contracts/json.js';
import type { Parameter } from '../../operation-index.js';
import { DELIMITERS, isList, membersOf, queryStyle, simpleStyle, toText } from '../../parameter-style.js';
import { encodeStrictly } from '../uri-template.js';

/**
 * Parameter values as they stand in a request, percent-encoded: what separates values is written plainly, and the same
 * character within a value is not. OpenAPI 3.1, Parameter Object, Style Values; RFC 6570.
 */
export function pathText(parameter: Parameter, value: Json): string {
  const { name, style, explode } = parameter;
  if (parameter.json) return encodeStrictly(JSON.stringify(value));
  const scalar = !isList(value) && membersOf(value).length === 0 && typeof value !== 'object';
  const encode = (one: Json): string => encodeStrictly(toText(one));
  const pairs = membersOf(value).map(([key, member]) => [encodeStrictly(key), encode(member)] as const);
  const items = isList(value)
    ? value.map(encode)
    : pairs.map(([key, text]) => `${key}${explode ? '=' : ','}${text}`);
  switch (style) {
    case 'label':
      return `.${scalar ? encode(value) : items.join(explode ? '.' : ',')}`;
    case 'matrix':
      if (scalar) return `;${name}=${encode(value)}`;
      if (!explode) return `;${name}=${items.join(',')}`;
      return (isList(value) ? items.map((item) => `${name}=${item}`) : items)
        .map((item) => `;${item}`)
        .join('');
    default:
      return scalar ? encode(value) : items.join(',');
  }
}

/** `name=value` parts, to be joined by `&`. */
export function queryParts(parameter: Parameter, value: Json): readonly string[] {
  const encode = parameter.allowReserved === true ? encodeURI : encodeURIComponent;
  const delimited = !parameter.explode && !parameter.json && parameter.style !== 'deepObject';
  if (delimited && typeof value === 'object' && value !== null) {
    const items = isList(value)
      ? value.map(toText)
      : membersOf(value).flatMap(([key, member]) => [key, toText(member)]);
    const delimiter = DELIMITERS[parameter.style];
    const between = delimiter === undefined ? ',' : encodeURIComponent(delimiter);
    return [`${encodeURIComponent(parameter.name)}=${items.map((item) => encode(item)).join(between)}`];
  }
  return queryStyle(parameter, value).map(([name, text]) => `${encodeURIComponent(name)}=${encode(text)}`);
}

export function headerText(parameter: Parameter, value: Json): string {
  return simpleStyle(parameter, value);
}

/** One `name=value` of a Cookie header. */
export function cookieText(parameter: Parameter, value: Json): string {
  return queryParts({ ...parameter, style: 'form' }, value).join('; ');
}
