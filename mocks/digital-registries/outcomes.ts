import { isJsonObject, type JsonObject } from '../../contracts/json.js';
import type { OperationAnswer } from '../kit/block-definition.js';
import { magicOf, magicRefusal, type MagicTable } from '../kit/magic.js';
import { fieldValue, scalarText } from './field-value.js';
import type { Registry } from './registry.js';

export const personTable = {
  block: 'digital-registries',
  title: 'Identifiers in registries',
  where:
    'the identifier by which a record is sought: of the record, or of the person it is about. Every other one finds what is there.',
  values: [
    {
      match: { begins: '9', ends: '0022' },
      outcome: 'deceased',
      explanation:
        'The record of this identifier says that the person has died: `lifeStatus` is `deceased`, `alive` is false. There must be one.',
    },
    {
      match: { begins: '9', ends: '0023' },
      outcome: 'locked',
      explanation:
        'The record is locked by its registrar: `read` and `exists` answer 422, whether there is one or not.',
    },
    {
      match: { begins: '9', ends: '0024' },
      outcome: 'multiple-matches',
      explanation:
        '`list` answers the record twice, `read` answers 422: several records match. There must be one.',
    },
  ],
} as const satisfies MagicTable;

export type PersonOutcome = (typeof personTable)['values'][number]['outcome'];

/** What is special about the record that these fields, by which it is sought, name. */
export function personOutcome(registry: Registry, sought: JsonObject): PersonOutcome | undefined {
  for (const field of [registry.idField, registry.personField]) {
    const text = field === undefined ? undefined : scalarText(fieldValue(sought, field));
    const found = magicOf<PersonOutcome>(personTable, text);
    if (found !== undefined) return found.outcome;
  }
  return undefined;
}

const refusals = {
  locked: 'the record is locked by its registrar (training)',
  'multiple-matches': 'several records match, so that none can be meant (training)',
} as const;

export function refuseRecord(outcome: keyof typeof refusals): OperationAnswer {
  return magicRefusal(outcome, { code: 'GSB-REQ-003', status: 422, detail: refusals[outcome] });
}

/** The content of somebody who has died, in the fields that the registry has for it. */
export function asDeceased({ schema }: Registry, content: JsonObject): JsonObject {
  const fields = { ...(isJsonObject(schema.properties) ? schema.properties : {}), ...content };
  if (Object.hasOwn(fields, 'alive') && !Object.hasOwn(fields, 'lifeStatus'))
    return { ...content, alive: false };
  return {
    ...content,
    lifeStatus: 'deceased',
    ...(Object.hasOwn(fields, 'alive') ? { alive: false } : {}),
  };
}
