import type { Collection, DocumentStore } from '../../../contracts/documents.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import type { EffectOutcome, CatalogFunction } from '../../../contracts/catalog-function.js';

/**
 * Money's business key. A claim says that one holder, and nobody else, may bring about the thing that the key
 * names (one credit per programme, beneficiary and cycle), across all runs and re-runs. What is completed stays so.
 */
interface Claim {
  readonly _id: string;
  readonly holder: string;
  readonly state: 'held' | 'completed' | 'released';
}

export function createClaimFunctions(
  documents: DocumentStore,
): Readonly<Record<'claim' | 'settleClaims', CatalogFunction>> {
  const claims: Collection<Claim> = documents.collection<Claim>('claims');
  return {
    claim: async (args, { origin }) => {
      const { prefix, holder, keys } = parse(args, origin.run.workspace, args['keys'], origin.run.caseId);
      await claims.insertMany(keys.map((key) => ({ _id: prefix + key, holder, state: 'held' as const })));
      const granted: string[] = [];
      const refused: JsonObject[] = [];
      const found = new Map(
        (await claims.getMany(keys.map((key) => prefix + key))).map((stored) => [stored.doc._id, stored]),
      );
      for (const key of keys) {
        const stored = found.get(prefix + key);
        if (stored === undefined) continue;
        const { doc, version } = stored;
        const free =
          doc.state === 'released' && (await claims.replace({ ...doc, holder, state: 'held' }, version));
        if (free || (doc.state === 'held' && doc.holder === holder)) granted.push(key);
        else refused.push({ key, holder: doc.holder, state: doc.state });
      }
      return output({ granted, refused });
    },
    settleClaims: async (args, { origin }) => {
      const completed = await settle(claims, args, origin.run.workspace, origin.run.caseId, 'completed');
      const released = await settle(claims, args, origin.run.workspace, origin.run.caseId, 'released');
      return output({ completed, released });
    },
  };
}

async function settle(
  claims: Collection<Claim>,
  args: JsonObject,
  workspace: string,
  caseId: string,
  state: 'completed' | 'released',
): Promise<number> {
  const { prefix, holder, keys } = parse(args, workspace, args[state], caseId);
  const mine = (await claims.getMany(keys.map((key) => prefix + key))).filter(
    ({ doc }) => doc.holder === holder && doc.state === 'held',
  );
  await claims.putMany(mine.map(({ doc }) => ({ ...doc, state })));
  return mine.length;
}

function parse(
  args: JsonObject,
  workspace: string,
  keys: Json | undefined,
  caseId: string,
): { prefix: string; holder: string; keys: readonly string[] } {
  const namespace = typeof args['namespace'] === 'string' ? args['namespace'] : 'default';
  return {
    prefix: `${workspace}/${namespace}/`,
    holder: typeof args['holder'] === 'string' ? args['holder'] : caseId,
    keys: Array.isArray(keys) ? [...new Set(keys.map(String))] : [],
  };
}

const output = (value: JsonObject): EffectOutcome => ({ kind: 'output', output: value });
