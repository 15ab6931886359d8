import { z } from 'zod';
import { choice, isMapping, kindOfValue, shape, text } from './shape.js';

/* The small parts that many places of the language share. OWS DSL 1.0.3. */

export const json = z.unknown();
/** Whatever a mapping may hold; what is inside is data. */
export const mapping = z.record(z.string(), z.unknown());

export const name = text(
  'name',
  'a name of letters, digits and inner hyphens, at most 63 of them',
  /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/,
);

const identifiers = '[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*';
const numeric = '(0|[1-9][0-9]*)';
const semanticVersion = new RegExp(
  `^${numeric}\\.${numeric}\\.${numeric}(-${identifiers})?(\\+${identifiers})?$`,
);
/** A numeric part of a pre-release has no leading zero. */
const wellFormed = (version: string): boolean =>
  semanticVersion.test(version) &&
  (/-([^+]*)/.exec(version.split('+')[0] ?? '')?.[1] ?? '').split('.').every((part) => !/^0\d+$/.test(part));
export const version = text('version', 'a semantic version, such as 1.0.0', wellFormed, {
  pattern: semanticVersion.source,
});

/** The whole text is one runtime expression, on one line. */
const wholeExpression = /^\s*\$\{.+\}\s*$/;
export const expression = text('runtimeExpression', "a runtime expression: '${ ... }'", wholeExpression);
export const looksLikeExpression = (value: unknown): boolean =>
  typeof value === 'string' && /^\s*\$\{/.test(value);

/** RFC 3986 references, and RFC 6570 templates with simple variables. */
const reference = /^([^\s"'<>\\^`{|}%]|%[0-9A-Fa-f]{2}|\{[+#./;?&=,!@|]?[A-Za-z0-9_]+([:*,A-Za-z0-9_]*)\})+$/;
export const uriTemplate = text('uriTemplate', 'an address or an address template without spaces', reference);

const iso =
  /^P(?=\d|T\d)(\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?(\d+(\.\d+)?W)?(\d+(\.\d+)?D)?(T(?=\d)(\d+(\.\d+)?H)?(\d+(\.\d+)?M)?(\d+(\.\d+)?S)?)?$/;
const isoDuration = text(
  'isoDuration',
  'an ISO 8601 duration such as P2M or PT15M, or a runtime expression',
  iso,
);

const durationPart = z.int().min(0);
const durationParts = shape('durationParts', 'A duration by its parts, which are added up.', {
  days: durationPart.optional(),
  hours: durationPart.optional(),
  minutes: durationPart.optional(),
  seconds: durationPart.optional(),
  milliseconds: durationPart.optional(),
});
const someParts = durationParts.refine((value) => !isMapping(value) || Object.keys(value).length > 0, {
  error: 'at least one of days, hours, minutes, seconds, milliseconds',
});
z.globalRegistry.add(durationParts, {
  description: 'A duration by its parts, which are added up.',
  minProperties: 1,
});

/** Literal ISO text or a number of parts; an expression is checked when it is evaluated. */
export const duration = choice(
  'duration',
  'How long: ISO 8601 text such as PT15M, its parts, or a runtime expression that gives either.',
  () => [isoDuration, durationParts, expression],
  (value) => {
    if (isMapping(value)) return someParts;
    if (looksLikeExpression(value)) return expression;
    if (typeof value === 'string') return isoDuration;
    return {
      diagnostic: 'wrong-type',
      values: { expected: 'a duration, such as PT15M or {minutes: 15}', found: kindOfValue(value) },
    };
  },
);

/** Text with a fixed form, or an expression that gives it. */
export function orExpression(id: string, description: string, literal: z.ZodType): z.ZodType {
  return choice(
    id,
    description,
    () => [literal, expression],
    (value) => (looksLikeExpression(value) ? expression : literal),
  );
}

export const uriOrExpression = orExpression(
  'uriOrExpression',
  'An address, an address template over the input, or a runtime expression that gives one.',
  uriTemplate,
);

/** The name of something declared under `use`, or the thing itself. */
export function orName(id: string, description: string, inline: z.ZodType): z.ZodType {
  return choice(
    id,
    description,
    () => [z.string(), inline],
    (value) => (typeof value === 'string' ? z.string() : inline),
  );
}
