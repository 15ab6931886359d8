import { queryText, unknown } from '../answers.js';
import { readRevision } from '../revisions.js';
import type { JsonObject } from '../../../contracts/json.js';
import type { ConsentOperation } from '../state.js';

/** bb-consent, configPolicyRead and servicePolicyRead: the newest state, or the one that `revisionId` names. */
export const configPolicyRead: ConsentOperation = async (context) => {
  const id = context.path.policyId ?? '';
  const found = await context.state.policies.get(id);
  const wanted = queryText(context, 'revisionId');
  if (!found || (found.doc.deleted === true && wanted === undefined)) return unknown('policyId', id);
  const revision = await readRevision(context.state, wanted ?? found.doc.revision);
  if (!revision || revision.schemaName !== 'Policy' || revision.objectId !== id) {
    return unknown('revisionId', wanted ?? found.doc.revision);
  }
  const snapshot = JSON.parse(revision.serializedSnapshot as string) as { objectData: JsonObject };
  return { status: 200, rule: 'found', body: { policy: snapshot.objectData, revision } };
};
