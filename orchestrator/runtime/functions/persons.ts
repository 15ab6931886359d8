import { changeDocument, type Collection, type DocumentStore } from '../../../contracts/documents.js';
import type { Digest } from '../../../contracts/digest.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import { isJsonObject, type JsonObject, textOf } from '../../../contracts/json.js';
import { pointerOf, standardError } from '../../engine/index.js';
import type { CatalogFunction } from '../../../contracts/catalog-function.js';

/** What the sandbox holds about a person, apart from cases and events, so that it can be erased. */
export interface Person {
  readonly _id: string;
  readonly person: string;
  readonly individualId?: string;
  readonly data: JsonObject;
}

export interface Persons {
  readonly collection: Collection<Person>;
  /** The reference for a foundational identifier: the one known, or one that does not give it away. */
  refer(workspace: WorkspaceId, individualId: string | undefined, key: string): Promise<string>;
  remember(
    workspace: WorkspaceId,
    person: string,
    individualId: string | undefined,
    data: JsonObject,
  ): Promise<void>;
}

interface PersonIndex {
  readonly _id: string;
  readonly person: string;
}

export function createPersons(documents: DocumentStore, digest: Digest): Persons {
  const collection = documents.collection<Person>('persons');
  const index = documents.collection<PersonIndex>('person-index');
  const indexId = (workspace: WorkspaceId, individualId: string): string =>
    `${workspace}/${digest.keyed(`individual:${individualId}`).slice(0, 32)}`;
  return {
    collection,
    refer: async (workspace, individualId, key) => {
      if (individualId === undefined) return `p-${digest.keyed(`key:${workspace}:${key}`).slice(0, 16)}`;
      const known = await index.get(indexId(workspace, individualId));
      return known?.doc.person ?? `p-${digest.keyed(`person:${workspace}:${individualId}`).slice(0, 16)}`;
    },
    remember: async (workspace, person, individualId, data) => {
      const _id = `${workspace}/${person}`;
      const fresh: Person = { _id, person, ...(individualId === undefined ? {} : { individualId }), data };
      if (!(await collection.insert(fresh))) {
        await changeDocument(collection, _id, (current) => ({
          ...current,
          data: { ...current.data, ...data },
        }));
      }
      if (individualId !== undefined) await index.insert({ _id: indexId(workspace, individualId), person });
    },
  };
}

export function createPersonFunctions(
  persons: Persons,
): Readonly<Record<'person' | 'rememberPerson', CatalogFunction>> {
  return {
    person: async (args, { effect, origin }) => {
      const found = await persons.collection.get(`${origin.run.workspace}/${textOf(args['person'])}`);
      if (found === undefined) {
        return {
          kind: 'error',
          error: standardError(
            'runtime',
            pointerOf(effect.key),
            'The sandbox holds no data about this person.',
          ).error,
        };
      }
      const { person, individualId, data } = found.doc;
      return {
        kind: 'output',
        output: { ...data, person, ...(individualId === undefined ? {} : { individualId }) },
      };
    },
    rememberPerson: async (args, { effect, origin }) => {
      const individualId =
        typeof args['individualId'] === 'string' && args['individualId'] !== ''
          ? args['individualId']
          : undefined;
      const { run, mark } = origin.identity ?? { run: origin.run.id, mark: '' };
      const key = typeof args['key'] === 'string' ? args['key'] : `${run}${effect.key}${mark}`;
      const given = typeof args['person'] === 'string' ? args['person'] : undefined;
      const person = given ?? (await persons.refer(origin.run.workspace, individualId, key));
      await persons.remember(
        origin.run.workspace,
        person,
        individualId,
        isJsonObject(args['data']) ? args['data'] : {},
      );
      return { kind: 'output', output: { person } };
    },
  };
}
