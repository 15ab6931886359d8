import { z } from 'zod';
import type { JsonObject } from '../../../contracts/json.js';
import { documentSchema } from './document.js';
import { named, optionsOf } from './shape.js';

/** The JSON Schema (2020-12) of workflow documents for editors, with `metadata.sandbox`, made of the schemas here. */
export function workflowJsonSchema(id: string): JsonObject {
  const uri = (name: string): string => `#/$defs/${name}`;
  const { schemas } = z.toJSONSchema(named, {
    uri,
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const options = optionsOf(zodSchema);
      if (options === undefined || jsonSchema.$ref !== undefined) return;
      jsonSchema.anyOf = options.map((option) => {
        const known = named.get(option);
        if (known !== undefined) return { $ref: uri(known.id) };
        const { $schema: _, ...inline } = z.toJSONSchema(option, { io: 'input' });
        return inline;
      });
    },
  });
  const name = named.get(documentSchema)?.id ?? '';
  const defs = Object.fromEntries(
    Object.entries(schemas)
      .filter(([key]) => key !== name && key !== '__shared')
      .map(([key, { $id: _id, $schema: _schema, ...definition }]) => [key, definition]),
  );
  const { $id: _id, $schema: _schema, ...root } = schemas[name] ?? {};
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    title: 'Workflow of the GovStack sandbox',
    ...root,
    $defs: defs,
  } as unknown as JsonObject;
}
