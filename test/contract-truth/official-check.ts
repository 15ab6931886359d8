import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import type { BlockId, Method } from '../../contracts/block.js';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { resolveReference, type ContractOperation, type Query } from '../../mocks/kit/operation-table.js';
import { parseQuery } from '../../mocks/kit/query-string.js';
import type { Verdict } from './generate/judge.js';
import type { GeneratedRequest } from './generate/make-request.js';
import type { OfficialDocument } from './read-official.js';
import { toJsonSchema } from './to-json-schema.js';

/** An answer of ours that an official document does not allow. */
export interface Violation {
  readonly document: string;
  /** As `METHOD /path`, in the document's spelling. */
  readonly operation: string;
  readonly status: number;
  /** What is wrong, without values: `/body/name is required`. */
  readonly what: string;
}

export interface ObservedAnswer {
  readonly method: Method;
  readonly path: string;
  readonly query: Query;
  readonly status: number;
  readonly contentType: string;
  readonly body: Json | undefined;
}

// ajv-formats is CommonJS: its function hangs on `default` once more under Node's ESM interop.
const addFormats = ajvFormats as unknown as (ajv: Ajv2020) => void;

/** Answers that say nothing about an operation: what never reached one, and the key that no official document knows. */
const NO_OPERATION = new Set([
  'no-operation',
  'no-method',
  'no-variant',
  'body-too-large',
  'unreadable-body',
  'idempotency-mismatch',
]);

/** What an official document can say something about; undefined when it is nothing of the kind. */
export function observedOf(
  { method, target }: GeneratedRequest,
  verdict: Verdict,
): ObservedAnswer | undefined {
  const { status, contentType, body, rule } = verdict;
  if (method === 'HEAD' || status >= 500 || NO_OPERATION.has(rule) || rule.startsWith('mediator:'))
    return undefined;
  const [path = '', ...query] = target.split('?');
  return { method: method as Method, path, query: parseQuery(query.join('?')), status, contentType, body };
}

/** Holds answers of a block against each official document that declares their operation. */
export function createOfficialCheck(
  block: BlockId,
  documents: readonly OfficialDocument[],
): (answer: ObservedAnswer | undefined) => readonly Violation[] {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    logger: false,
    validateSchema: false,
    validateFormats: true,
  });
  addFormats(ajv);
  // Not a format of OpenAPI or JSON Schema: whatever is an absolute URL, on this machine too.
  ajv.addFormat('url', (text) => URL.canParse(text));
  const compiled = new Map<string, ValidateFunction>();
  const converted = new Map<string, JsonObject>();
  const own = documents.filter((one) => one.block === block && one.outbound === undefined);

  /** What schemas refer to, as JSON Schema. */
  function sharedOf({ place, document }: OfficialDocument): JsonObject {
    const known = converted.get(place);
    if (known) return known;
    const { components = {}, definitions = {} } = document;
    const made = { components: toJsonSchema(components), definitions: toJsonSchema(definitions) };
    converted.set(place, made);
    return made;
  }

  function validatorOf(document: OfficialDocument, key: string, schema: JsonObject): ValidateFunction {
    const place = `${document.place}${document.prefix ?? ''} ${key}`;
    const known = compiled.get(place);
    if (known) return known;
    const shared = sharedOf(document);
    const made = ajv.compile({ ...shared, allOf: [toJsonSchema(schema) as JsonObject] });
    compiled.set(place, made);
    return made;
  }

  function wrongWith(
    document: OfficialDocument,
    operation: ContractOperation,
    answer: ObservedAnswer,
  ): readonly string[] {
    const { status, body } = answer;
    const responses = isJsonObject(operation.operation['responses']) ? operation.operation['responses'] : {};
    const declared =
      responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses['default'];
    if (declared === undefined) return ['the status is not declared'];
    const { content } = resolveReference(document.document, declared);
    const media = isJsonObject(content) ? content : {};
    const types = Object.keys(media);
    // No shape is declared: problem+json for what failed, nothing for what succeeded.
    if (types.length === 0)
      return body === undefined || status >= 300 ? [] : ['a body is answered, none is declared'];
    if (body === undefined) return ['no body is answered, one is declared'];
    const type = types.find((one) => covers(one, answer.contentType));
    const wrong =
      type === undefined
        ? [`the media type is ${plainType(answer.contentType)}, declared is ${types.join(', ')}`]
        : [];
    const chosen = media[type ?? types[0]!];
    const schema = isJsonObject(chosen) && isJsonObject(chosen['schema']) ? chosen['schema'] : undefined;
    if (schema === undefined) return wrong;
    const validate = validatorOf(document, `${operation.operationId} ${status} ${type ?? types[0]}`, schema);
    if (validate(body)) return wrong;
    return [...wrong, ...(validate.errors ?? []).map(told)];
  }

  return (answer) => {
    if (answer === undefined) return [];
    return own.flatMap((document) => {
      const match = document.table.match(answer.method, answer.path, answer.query);
      if (match.kind !== 'found') return [];
      const { operation } = match;
      return [...new Set(wrongWith(document, operation, answer))].map((what) => ({
        document: document.place,
        operation: operation.operationId,
        status: answer.status,
        what,
      }));
    });
  };
}

function told({
  instancePath,
  keyword,
  message,
  params,
}: {
  instancePath: string;
  keyword: string;
  message?: string;
  params: Record<string, unknown>;
}): string {
  const pointer = `/body${instancePath.replaceAll(/\/\d+(?=\/|$)/g, '/*')}`;
  if (keyword === 'required') return `${pointer}/${String(params['missingProperty'])} is required`;
  if (keyword === 'additionalProperties') return `${pointer} has members that are not declared`;
  return `${pointer} ${message ?? keyword}`;
}

const plainType = (contentType: string): string => (contentType.split(';')[0] ?? '').trim().toLowerCase();

function covers(declared: string, given: string): boolean {
  const one = plainType(declared);
  const other = plainType(given);
  return one === '*/*' || one === other || (one.endsWith('/*') && other.startsWith(one.slice(0, -1)));
}
