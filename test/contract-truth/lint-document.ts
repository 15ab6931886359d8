import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { isJsonObject, textOf, type Json, type JsonObject } from '../../contracts/json.js';
import { createOperationTable, resolveReference } from '../../mocks/kit/operation-table.js';

// ajv-formats is CommonJS: its function hangs on `default` once more under Node's ESM interop.
const addFormats = ajvFormats as unknown as (ajv: Ajv2020) => void;

/** What a reader of an OpenAPI document would miss, each as `where: what`; empty when it is complete. */
export function lintDocument(document: JsonObject): readonly string[] {
  return [
    ...lintRoot(document),
    ...lintOperations(document),
    ...lintReferences(document),
    ...lintExamples(document),
  ];
}

function lintRoot(document: JsonObject): readonly string[] {
  const found: string[] = [];
  const info = objectOf(document['info']);
  if (!/^3\.1\.\d+$/.test(textOf(document['openapi']))) found.push('openapi: is not 3.1');
  for (const name of ['title', 'version', 'description', 'license'])
    if (info[name] === undefined) found.push(`info: has no ${name}`);
  for (const tag of listOf(document['tags'])) {
    const { name, description } = objectOf(tag);
    if (typeof description !== 'string') found.push(`tags: ${textOf(name)} has no description`);
  }
  return found;
}

function lintOperations(document: JsonObject): readonly string[] {
  const tags = listOf(document['tags']).map((tag) => objectOf(tag)['name']);
  const used = new Set<Json | undefined>();
  const globalSecurity = document['security'];
  const found = createOperationTable(document).operations.flatMap(
    ({ operationId, method, operation, parameters, template }) => {
      const missing: string[] = [];
      const { summary } = operation;
      if (typeof summary !== 'string' || !/^[A-Z].*[^.]$/.test(summary))
        missing.push('needs a summary that begins with a capital and ends without a full stop');
      const own = listOf(operation['tags']);
      own.forEach((tag) => used.add(tag));
      if (own.length === 0) missing.push('has no tag');
      for (const tag of own)
        if (!tags.includes(tag)) missing.push(`has the tag ${textOf(tag)}, which is not declared`);
      if (operation['security'] === undefined && globalSecurity === undefined)
        missing.push('does not say how to sign in');
      for (const parameter of parameters) {
        const where = `parameter ${textOf(parameter['name'])}`;
        if (typeof parameter['description'] !== 'string') missing.push(`${where} has no description`);
        if (!isJsonObject(parameter['schema']) && !isJsonObject(parameter['content']))
          missing.push(`${where} has no schema`);
        if (parameter['in'] === 'path' && !template.includes(`{${textOf(parameter['name'])}}`))
          missing.push(`${where} is not in the path`);
      }
      const named = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
      for (const name of named)
        if (!parameters.some((parameter) => parameter['in'] === 'path' && parameter['name'] === name))
          missing.push(`parameter ${name} of the path is not declared`);
      const responses = Object.entries(objectOf(operation['responses']));
      if (!responses.some(([status]) => /^[23]/.test(status))) missing.push('has no answer that succeeds');
      const takesInput = parameters.length > 0 || operation['requestBody'] !== undefined;
      const mayRefuse = responses.some(([status]) => /^(4|default)/.test(status));
      const refusesOtherwise =
        operation['x-sandbox-dialect'] === 'older' || /^2/.test(responses[0]?.[0] ?? '');
      if (takesInput && !mayRefuse && !refusesOtherwise) missing.push('has no answer for what it refuses');
      for (const [status, response] of responses) {
        const { description, content } = resolveReference(document, response);
        if (typeof description !== 'string' || description === '')
          missing.push(`answer ${status} has no description`);
        for (const [type, media] of Object.entries(objectOf(content)))
          if (!isJsonObject(objectOf(media)['schema']))
            missing.push(`answer ${status} as ${type} has no schema`);
        // What 401 has to say stands in WWW-Authenticate.
        if (Number(status) >= 400 && status !== '401' && !isJsonObject(content))
          missing.push(`answer ${status} has no shape`);
      }
      return missing.map((what) => `${method} ${template} (${operationId}): ${what}`);
    },
  );
  const unused = tags.filter((tag) => !used.has(tag)).map((tag) => `tags: ${textOf(tag)} is used nowhere`);
  return [...found, ...unused];
}

function lintReferences(document: JsonObject): readonly string[] {
  const references = new Set<string>();
  walk(document, (value) => {
    if (typeof value['$ref'] === 'string') references.add(value['$ref']);
  });
  const leading = [...references].filter((reference) => {
    if (!reference.startsWith('#/')) return true;
    return Object.keys(resolveReference(document, { $ref: reference })).length === 0;
  });
  const { securitySchemes: _schemes, ...components } = objectOf(document['components']);
  const unused = Object.entries(components).flatMap(([kind, members]) =>
    Object.keys(objectOf(members))
      .map((name) => `#/components/${kind}/${name}`)
      .filter((reference) => !references.has(reference)),
  );
  return [
    ...leading.map((reference) => `${reference}: leads nowhere`),
    ...unused.map((reference) => `${reference}: is used nowhere`),
  ];
}

function lintExamples(document: JsonObject): readonly string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, validateSchema: false });
  addFormats(ajv);
  const found: string[] = [];
  const check = (schema: Json | undefined, value: Json | undefined, where: string): void => {
    if (!isJsonObject(schema) || value === undefined) return;
    const { components = {} } = document;
    const { example: _example, examples: _examples, ...plain } = schema;
    const validate = ajv.compile({ allOf: [plain], components });
    if (validate(value)) return;
    found.push(
      ...(validate.errors ?? []).map(
        ({ instancePath, message }) => `${where}: the example does not fit: ${instancePath} ${message ?? ''}`,
      ),
    );
  };
  walk(document, (value, place) => {
    const where = place.join('/');
    if ('schema' in value) {
      check(value['schema'], value['example'], where);
      for (const example of Object.values(objectOf(value['examples'])))
        check(value['schema'], resolveReference(document, example)['value'], where);
    } else if (place.at(-1) !== 'properties' && typeof value['type'] === 'string') {
      check(value, value['example'], where);
      for (const example of listOf(value['examples'])) check(value, example, where);
    }
  });
  return found;
}

function walk(
  value: Json | undefined,
  visit: (value: JsonObject, place: readonly string[]) => void,
  place: readonly string[] = [],
): void {
  if (Array.isArray(value))
    (value as readonly Json[]).forEach((item, at) => walk(item, visit, [...place, String(at)]));
  if (!isJsonObject(value)) return;
  // What an example holds is no part of the document.
  if (place.at(-1) === 'example' || (place.at(-1) === 'value' && place.at(-3) === 'examples')) return;
  visit(value, place);
  for (const [name, member] of Object.entries(value)) walk(member, visit, [...place, name]);
}

const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});
const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];
