import type { Clock } from '../../contracts/clock.js';
import type { Collection, DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Digest } from '../../contracts/digest.js';
import { SandboxError } from '../../contracts/problems.js';
import type { RunCreated } from '../../contracts/run-event.js';
import type { WorkflowDocument, WorkflowReference } from '../../contracts/workflow.js';
import type { Catalog } from './catalog.js';

/**
 * A workflow document as it once was loaded. Kept for good under its content, for all workspaces: runs stay on the
 * document they began with when the file changes, also without a new version, and after it is gone.
 */
export interface Definition {
  readonly _id: string;
  readonly useCase: string;
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the document as JSON; the document itself lies under it, since searches read these lists often. */
  readonly digest: string;
  /** When it was first loaded, by the machine's clock. */
  readonly storedAt: string;
}

interface Body {
  readonly _id: string;
  readonly document: WorkflowDocument;
}

export type InCountry = (workspace: WorkspaceId, document: WorkflowDocument) => Promise<WorkflowDocument>;

export interface Definitions {
  /** Keeps the documents that are not kept yet. */
  keep(useCase: string, documents: readonly WorkflowDocument[]): Promise<void>;
  /** The digest of the document that a new run of this reference takes, kept before it is answered. GSB-DEF-001. */
  pin(workspace: WorkspaceId, useCase: string, reference: WorkflowReference): Promise<string>;
  /** The digest of the loaded document of this version, or of the last one that was; GSB-DEF-001 when there is none. */
  newest(workspace: WorkspaceId, useCase: string, reference: WorkflowReference): Promise<string>;
  /** The document that a run runs. GSB-DEF-001 when there is none. */
  readonly documentOf: (
    run: Pick<RunCreated, 'useCase' | 'workflow' | 'digest'>,
  ) => Promise<WorkflowDocument>;
  /** Digests of every document of a use case, or of a workflow by its name. */
  readonly digests: (wanted: {
    useCase?: string | undefined;
    name?: string | undefined;
  }) => Promise<readonly string[]>;
  /** Every revision of a workflow, oldest first. */
  revisions(useCase: string, name: string): Promise<readonly Definition[]>;
  digestOf(document: WorkflowDocument): string;
}

export function createDefinitions(deps: {
  documents: DocumentStore;
  catalog: Catalog;
  digest: Digest;
  realClock: Clock;
  /** A document as the country of the workspace says it; as it was loaded when absent. */
  inCountry?: InCountry | undefined;
}): Definitions {
  const collection: Collection<Definition> = deps.documents.collection<Definition>('definitions', [
    'useCase',
    'name',
  ]);
  const bodies: Collection<Body> = deps.documents.collection<Body>('definition-bodies');
  const digests = new WeakMap<WorkflowDocument, string>();
  /** By id: what is known to be stored. Documents are few, and every run of one shares it. */
  const kept = new Map<string, WorkflowDocument>();

  const digestOf = (document: WorkflowDocument): string => {
    const known = digests.get(document) ?? deps.digest.sha256(JSON.stringify(document));
    digests.set(document, known);
    return known;
  };
  const idOf = (useCase: string, { namespace, name, version }: WorkflowReference, digest: string): string =>
    `${useCase}/${namespace}/${name}/${version}/${digest}`;
  const keep: Definitions['keep'] = async (useCase, documents) => {
    const fresh = documents
      .map((document) => ({ document, digest: digestOf(document) }))
      .map((one) => ({ ...one, _id: idOf(useCase, one.document.document, one.digest) }))
      .filter(({ _id }) => !kept.has(_id));
    if (fresh.length === 0) return;
    const known = await collection.getMany(fresh.map(({ _id }) => _id));
    const stored = new Set(known.map(({ doc: { _id } }) => _id));
    const missing = fresh.filter(({ _id }) => !stored.has(_id));
    const storedAt = deps.realClock.now().toISOString();
    // The body first: what is listed can be read.
    await bodies.insertMany(missing.map(({ _id, document }) => ({ _id, document })));
    await collection.insertMany(
      missing.map(({ _id, digest, document: { document } }): Definition => {
        const { name, version } = document;
        return { _id, useCase, name, version, digest, storedAt };
      }),
    );
    for (const { _id, document } of fresh) kept.set(_id, document);
  };
  /** What is loaded now; undefined when the file is gone. */
  const loaded = (useCase: string, reference: WorkflowReference): WorkflowDocument | undefined => {
    try {
      return deps.catalog.workflow(useCase, reference);
    } catch (error) {
      if (error instanceof SandboxError) return undefined;
      throw error;
    }
  };

  const pin: Definitions['pin'] = async (workspace, useCase, reference) => {
    const written = deps.catalog.workflow(useCase, reference);
    const document = (await deps.inCountry?.(workspace, written)) ?? written;
    await keep(useCase, [document]);
    return digestOf(document);
  };
  const revisions: Definitions['revisions'] = async (useCase, name) => {
    const found = await collection.find({ filter: { useCase, name } });
    return found
      .map(({ doc }) => doc)
      .sort(
        (one, other) =>
          one.storedAt.localeCompare(other.storedAt) || one.version.localeCompare(other.version),
      );
  };

  return {
    digestOf,
    keep,
    pin,
    newest: async (workspace, useCase, reference) => {
      const now = loaded(useCase, reference);
      if (now !== undefined) return pin(workspace, useCase, reference);
      const known = await revisions(useCase, reference.name);
      const last = known.findLast(({ version }) => version === reference.version);
      if (last !== undefined) return last.digest;
      const versions = [...new Set(known.map(({ version }) => version))].join(', ');
      throw new SandboxError('GSB-DEF-001', {
        detail: `There is no workflow ${reference.name} in version ${reference.version}; known: ${versions || 'none'}.`,
      });
    },
    documentOf: async ({ useCase, workflow, digest }) => {
      if (digest === undefined) return deps.catalog.workflow(useCase, workflow);
      const id = idOf(useCase, workflow, digest);
      const known = kept.get(id);
      if (known !== undefined) return known;
      const now = loaded(useCase, workflow);
      if (now !== undefined && digestOf(now) === digest) return now;
      const found = await bodies.get(id);
      if (found === undefined) {
        const { namespace, name, version } = workflow;
        throw new SandboxError('GSB-DEF-001', {
          detail: `There is no workflow ${namespace}/${name} in version ${version} with the content ${digest.slice(0, 12)}.`,
        });
      }
      kept.set(id, found.doc.document);
      return found.doc.document;
    },
    revisions,
    digests: async ({ useCase, name }) => {
      const filter = {
        ...(useCase === undefined ? {} : { useCase }),
        ...(name === undefined ? {} : { name }),
      };
      return (await collection.find({ filter })).map(({ doc }) => doc.digest);
    },
  };
}
