import { blockIds, type BlockId } from '../../contracts/block.js';
import type { Case } from '../../contracts/case.js';
import type { Collection, Document, Filter, FindOptions, Scalar } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import type { Run } from '../../contracts/run.js';
import type { RunStatus } from '../../contracts/run-event.js';

/** What runs and cases have in common to be found by. Absent members do not narrow. */
interface CommonQuery {
  readonly person?: string | undefined;
  readonly useCase?: string | undefined;
  /** A building block that was called. */
  readonly block?: BlockId | undefined;
  /** Begun at this instant of the workspace clock or later. */
  readonly since?: string | undefined;
  /** Begun before this instant. */
  readonly until?: string | undefined;
  readonly limit: number;
  /** The cursor of the page before. */
  readonly after?: string | undefined;
}

export interface RunSearch extends CommonQuery {
  readonly caseId?: string | undefined;
  /** Name of a workflow document. */
  readonly workflow?: string | undefined;
  readonly state?: RunStatus | undefined;
}

export interface CaseSearch extends CommonQuery {
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  /** The case number that people read. */
  readonly text?: string | undefined;
}

export interface Page<T> {
  readonly found: readonly T[];
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
}

/** Finds runs and cases, newest first, page by page: from indexes, whatever their number. */
export interface Search {
  runs(workspace: WorkspaceId, query: RunSearch): Promise<Page<Run>>;
  /** `after` may also be the number of the last case of the page before. */
  cases(workspace: WorkspaceId, query: CaseSearch): Promise<Page<Case>>;
}

export function createSearch(deps: {
  runs: Collection<Run>;
  cases: Collection<Case>;
  /** Digests of all documents ever loaded under a use case, or a workflow name, or both. */
  digests: (wanted: {
    useCase?: string | undefined;
    name?: string | undefined;
  }) => Promise<readonly string[]>;
}): Search {
  return {
    runs: async (workspace, query) => {
      const { useCase, workflow } = query;
      // A run names its document: one index serves use case, workflow and version.
      const digest =
        useCase === undefined && workflow === undefined
          ? undefined
          : await deps.digests({ useCase, name: workflow });
      const filter = filterOf({
        caseId: query.caseId,
        person: query.person,
        status: query.state,
        digest,
        blockSet: setsWith(query.block),
      });
      const place = (run: Run): Place => ({ text: run.startedAt, id: run._id });
      return page(deps.runs, workspace, query, filter, 'startedAt', place, placeIn(query.after));
    },
    cases: async (workspace, query) => {
      const { useCase, kind, state, person, text, block, after } = query;
      const number = text?.trim().toUpperCase();
      const filter = filterOf({ useCase, kind, state, person, number, blockSet: setsWith(block) });
      const place = (of: Case): Place => ({ text: of.openedAt, id: of._id });
      const behind = placeIn(after) ?? (await numbered(after));
      return page(deps.cases, workspace, query, filter, 'openedAt', place, behind);

      async function numbered(wanted: string | undefined): Promise<Place | undefined> {
        if (wanted === undefined) return undefined;
        const [last] = await deps.cases.find({ idPrefix: `${workspace}/`, filter: { number: wanted } });
        if (last !== undefined) return place(last.doc);
        throw new SandboxError('GSB-REQ-001', {
          detail: '/after: must be the `next` of a page, or the number of a case',
          extensions: { errors: [{ pointer: '/after', message: 'must be the `next` of a page' }] },
        });
      }
    },
  };
}

interface Place {
  readonly text: string;
  readonly id: string;
}

async function page<T extends Document>(
  collection: Collection<T>,
  workspace: WorkspaceId,
  { since, until, limit, after }: CommonQuery,
  filter: Filter,
  orderBy: string,
  place: (doc: T) => Place,
  behind: Place | undefined,
): Promise<Page<T>> {
  if (after !== undefined && behind === undefined)
    throw new SandboxError('GSB-REQ-001', {
      detail: '/after: must be the `next` of a page',
      extensions: { errors: [{ pointer: '/after', message: 'must be the `next` of a page' }] },
    });
  const options: FindOptions = {
    idPrefix: `${workspace}/`,
    filter,
    orderBy,
    order: 'descending',
    between: { from: since, to: until },
    ...(behind === undefined ? {} : { behind }),
    limit: limit + 1,
  };
  const found = (await collection.find(options)).map(({ doc }) => doc);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return found.length > limit && last !== undefined
    ? { found: shown, next: cursorOf(place(last)) }
    : { found: shown };
}

function filterOf(wanted: Readonly<Record<string, Scalar | readonly Scalar[] | undefined>>): Filter {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as Filter;
}

/**
 * Every set of blocks that contains this one, as it is stored: the document port compares whole values, and so few
 * blocks have few sets.
 */
function setsWith(block: BlockId | undefined): readonly string[] | undefined {
  if (block === undefined) return undefined;
  let sets: readonly (readonly string[])[] = [[block]];
  for (const other of blockIds) if (other !== block) sets = [...sets, ...sets.map((set) => [...set, other])];
  return sets.map(blockSetOf);
}

/** The blocks as one text, in the order of their names. */
export function blockSetOf(blocks: readonly string[]): string {
  return [...blocks].sort().join(',');
}

function cursorOf({ text, id }: Place): string {
  return Buffer.from(JSON.stringify([text, id])).toString('base64url');
}

function placeIn(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [text, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    return typeof text === 'string' && typeof id === 'string' ? { text, id } : undefined;
  } catch {
    return undefined;
  }
}
