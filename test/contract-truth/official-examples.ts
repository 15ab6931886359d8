import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { resolveReference } from '../../mocks/kit/operation-table.js';
import type { OfficialDocument } from './read-official.js';
import { toJsonSchema } from './to-json-schema.js';

// ajv-formats is CommonJS: its function hangs on `default` once more under Node's ESM interop.
const addFormats = ajvFormats as unknown as (ajv: Ajv2020) => void;

/** Which operations of a document show an example that its own schema refuses, as `METHOD /path request` or `... 200`. */
export function brokenExamplesOf({ document, table }: OfficialDocument): readonly string[] {
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
  addFormats(ajv);
  ajv.addFormat('url', (text) => URL.canParse(text));
  const { components = {}, definitions = {} } = document;

  const fits = (schema: JsonObject, value: Json): boolean =>
    ajv.validate(toJsonSchema({ allOf: [schema], components, definitions }) as JsonObject, value);

  function isBroken(holder: Json | undefined): boolean {
    const { content } = resolveReference(document, holder);
    return Object.values(isJsonObject(content) ? content : {}).some((media) => {
      if (!isJsonObject(media) || !isJsonObject(media['schema'])) return false;
      const schema = media['schema'];
      const named = isJsonObject(media['examples']) ? Object.values(media['examples']) : [];
      const shown = [media['example'], ...named.map((one) => resolveReference(document, one)['value'])];
      return shown.some((value) => value !== undefined && !fits(schema, value));
    });
  }

  return table.operations.flatMap(({ operationId, operation }) => {
    const responses = Object.entries(isJsonObject(operation['responses']) ? operation['responses'] : {});
    const places: [string, Json | undefined][] = [['request', operation['requestBody']], ...responses];
    return places.filter(([, holder]) => isBroken(holder)).map(([place]) => `${operationId} ${place}`);
  });
}
