import { isJsonObject, type Json } from '../../contracts/json.js';
import { instanceOf } from './data-flow.js';
import type { Interpreter, TaskPlace } from './interpreter.js';
import { standardError, WorkflowError } from './workflow-error.js';

/**
 * `$secrets` for a template that may use them. Throws the authorization error when it names one that the workflow has
 * not. OWS DSL 1.0.3, Secret.
 */
export function secretsFor(
  it: Interpreter,
  place: Pick<TaskPlace, 'key'>,
  template: Json | undefined,
): Readonly<Record<string, Json>> {
  const text = textWithSecrets(template);
  if (text === undefined) return {};
  for (const [, quoted, bracketed, plain] of text.matchAll(reference)) {
    const name = quoted ?? bracketed ?? plain;
    if (name !== undefined) secretNamed(it, place, name);
  }
  return it.secrets;
}

/** `$secrets.name`, `$secrets."a name"`, `$secrets["a name"]`. */
const reference = /\$secrets\s*(?:\.\s*"([^"]+)"|\.?\s*\[\s*"([^"]+)"\s*\]|\.\s*([A-Za-z_]\w*))/g;

export function secretNamed(it: Interpreter, place: Pick<TaskPlace, 'key'>, name: string): Json {
  const value = Object.hasOwn(it.secrets, name) ? it.secrets[name] : undefined;
  if (value === undefined) {
    throw standardError(
      'authorization',
      instanceOf(place),
      `The workflow has no secret "${name}". List it under use.secrets, and store its value in the workspace.`,
    );
  }
  return value;
}

/** Whether these arguments must not be written down: their template names secrets, or a secret came in with the data. */
export function isSecret(it: Interpreter, templates: readonly (Json | undefined)[], args: Json): boolean {
  if (Object.keys(it.secrets).length === 0) return false;
  if (templates.some((template) => textWithSecrets(template) !== undefined)) return true;
  const values = secretTexts(it.secrets);
  const holds = (value: Json | undefined): boolean => {
    if (value === undefined || value === null || typeof value === 'boolean') return false;
    if (typeof value === 'string') return values.some((secret) => value.includes(secret));
    if (typeof value === 'number') return values.includes(String(value));
    if (Array.isArray(value)) return value.some((item: Json) => holds(item));
    return isJsonObject(value) && Object.values(value).some(holds);
  };
  return holds(args);
}

/** Errors of expressions quote what they work on; where that may be a secret, what they say is not passed on. */
export function withholding<T>(
  it: Interpreter,
  place: Pick<TaskPlace, 'key'>,
  templates: readonly (Json | undefined)[],
  input: Json,
  body: () => T,
): T {
  try {
    return body();
  } catch (error) {
    const quotes = error instanceof WorkflowError && error.error.type.endsWith('/expression');
    if (!quotes || !isSecret(it, templates, input)) throw error;
    throw standardError(
      'expression',
      instanceOf(place),
      'An expression failed. It works on secrets, so what it said is withheld.',
    );
  }
}

/** The texts and numbers of all secrets. */
function secretTexts(value: Json): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap((item: Json) => secretTexts(item));
  return isJsonObject(value) ? Object.values(value).flatMap((item) => secretTexts(item ?? null)) : [];
}

const texts = new WeakMap<object, string | undefined>();

/** The expressions of a template, when they mention `$secrets`. Templates are parts of documents: looked at once. */
function textWithSecrets(template: Json | undefined): string | undefined {
  if (typeof template === 'string') return template.includes('$secrets') ? template : undefined;
  if (typeof template !== 'object' || template === null) return undefined;
  if (texts.has(template)) return texts.get(template);
  const found = [...stringsOf(template)].filter((text) => text.includes('$secrets')).join('\n');
  const text = found === '' ? undefined : found;
  texts.set(template, text);
  return text;
}

function* stringsOf(value: Json | undefined): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const member of Object.values(value) as (Json | undefined)[]) yield* stringsOf(member);
}
