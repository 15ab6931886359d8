import { revisionPrefix, type RevisionRequest } from './revisions.js';
import type { ConsentContext, RevisionDoc } from './state.js';

/** What a change of an agreement or a policy builds upon: the newest revision, the time, and which client asks. */
export async function historyOf(
  context: ConsentContext,
  schemaName: RevisionRequest['schemaName'],
  id: string,
): Promise<{
  readonly now: Date;
  readonly before: RevisionDoc | undefined;
  readonly by: string | undefined;
}> {
  const idPrefix = revisionPrefix(schemaName, id);
  const [last] = await context.state.revisions.find({ idPrefix, order: 'descending', limit: 1 });
  return { now: context.now, before: last?.doc, by: context.client };
}
