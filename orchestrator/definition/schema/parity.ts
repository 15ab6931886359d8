import type { DiagnosticCode } from '../../../contracts/diagnostic.js';

/**
 * Where this sandbox differs on purpose from the published JSON Schema of the DSL 1.0.3, and why. A test holds many
 * documents against both. `stricter`: refused here, with this code at such a path. `laxer`: taken here, with a warning.
 */
export interface Difference {
  readonly kind: 'stricter' | 'laxer';
  readonly where: string;
  readonly code: DiagnosticCode;
  /** JSON pointers of the places that are meant. */
  readonly at: RegExp;
  readonly reason: string;
}

export const differences: readonly Difference[] = [
  {
    kind: 'stricter',
    where: 'Properties at the top of a document',
    code: 'unknown-property',
    at: /^\/[^/]+$/,
    reason: 'The published schema takes any there; a misspelt `output` would be silently ignored.',
  },
  {
    kind: 'stricter',
    where:
      'Properties of `catch.errors`, `catch.errors.with`, `correlate`, `emit.event`, policies and OAuth 2.0 clients',
    code: 'unknown-property',
    at: /\/(errors|errors\/with|correlate\/[^/]+|emit\/event|authentication|authentications\/[^/]+|oauth2|oidc|request|endpoints)\/[^/]+$/,
    reason: 'The published schema takes any there; nothing would read them.',
  },
  {
    kind: 'stricter',
    where: '`emit.event.with`',
    code: 'missing-property',
    at: /\/emit\/event$/,
    reason: 'An event without attributes has no type.',
  },
  {
    kind: 'stricter',
    where: 'Lists of tasks',
    code: 'wrong-size',
    at: /\/(do|try|before|after|branches)$/,
    reason: 'An empty list does nothing, and is always a mistake.',
  },
  {
    kind: 'stricter',
    where: '`document.dsl`',
    code: 'unsupported-dsl',
    at: /^\/document\/dsl$/,
    reason: 'The published schema takes every version; this sandbox runs 1.0.x.',
  },
  {
    kind: 'stricter',
    where: '`evaluate.language`',
    code: 'wrong-value',
    at: /^\/evaluate\/language$/,
    reason: 'Expressions are jq; JavaScript would be code.',
  },
  {
    kind: 'stricter',
    where: '`schema.format`',
    code: 'wrong-format',
    at: /\/schema\/format$/,
    reason: 'Only JSON Schema is checked.',
  },
  {
    kind: 'stricter',
    where: '`schema.document`',
    code: 'wrong-type',
    at: /\/schema\/document$/,
    reason: 'A JSON Schema as a mapping; `true` and `false` say nothing to a reader.',
  },
  {
    kind: 'stricter',
    where: 'Parts of a duration',
    code: 'wrong-size',
    at: /\/(days|hours|minutes|seconds|milliseconds)$/,
    reason: 'Time does not go backwards.',
  },
  {
    kind: 'stricter',
    where: '`run.workflow`: `namespace`, `name`, `version`',
    code: 'wrong-format',
    at: /\/run\/workflow\/(namespace|name|version)$/,
    reason: 'They name a document, whose own namespace, name and version have that form.',
  },
  {
    kind: 'stricter',
    where: 'Empty texts',
    code: 'wrong-size',
    at: /\/call$/,
    reason: 'They name nothing.',
  },
  {
    kind: 'stricter',
    where: '`metadata.sandbox`',
    code: 'unknown-property',
    at: /\/metadata\/sandbox(\/.*)?$/,
    reason: 'It is ours; the published schema takes anything under `metadata`.',
  },
  {
    kind: 'stricter',
    where: '`metadata.sandbox`',
    code: 'wrong-size',
    at: /\/metadata\/sandbox(\/.*)?$/,
    reason: 'It is ours; the published schema takes anything under `metadata`.',
  },
  {
    kind: 'laxer',
    where: 'A `for` over an inline list, `set`, `run.workflow.input`, `from` and `as`',
    code: 'not-portable',
    at: /\/(in|set|input|from|as)$/,
    reason: 'The published schema takes only mappings (in lists) and texts there; any JSON works here.',
  },
  {
    kind: 'laxer',
    where: '`status` of an error',
    code: 'not-portable',
    at: /\/status$/,
    reason: 'The published schema takes only whole numbers; an expression works here.',
  },
];
