import type { Case } from '../contracts/case.js';
import type { Digest } from '../contracts/digest.js';
import type { Exchange } from '../contracts/exchange.js';
import { caseIdSchema, type WorkspaceId } from '../contracts/ids.js';
import type { DirectoryService } from '../mocks/information-mediator/directory-service.js';
import type { AccessRights } from '../mocks/information-mediator/access-rights.js';
import type { Directory } from '../mocks/information-mediator/directory.js';
import type { MediatorPorts, PersonAccess } from '../orchestrator/http/ports/mediator-ports.js';
import { caseDocumentId } from '../orchestrator/runtime/cases.js';
import type { Runtime } from '../orchestrator/runtime/runtime.js';
import { ofCase, ofSubject, type ExchangeIndex } from './exchange-index.js';
import { subjectKey } from './subject-key.js';
import type { UseCaseCatalog } from './use-case-catalog.js';

export interface PersonAccessDeps {
  readonly rights: Pick<AccessRights, 'directoryOf'>;
  readonly digest: Digest;
  readonly exchanges: ExchangeIndex;
  readonly runtime: Pick<Runtime, 'persons' | 'cases' | 'search'>;
  readonly catalog: Pick<UseCaseCatalog, 'useCases'>;
}

const CASES_AT_ONCE = 500;

/**
 * Who read what about a person and why: the calls that name the person, and those made in a case about the person unless
 * they are not about persons at all. The log knows people by keyed digests only; the way from the person to the digest is here.
 */
export function createPersonAccesses(deps: PersonAccessDeps): MediatorPorts['accesses'] {
  const { runtime, exchanges } = deps;

  async function keysOf(workspace: WorkspaceId, person: string): Promise<readonly string[]> {
    const found = await runtime.persons.collection.get(`${workspace}/${person}`);
    const identifiers = [person, found?.doc.individualId].filter((one) => one !== undefined);
    const keys = identifiers.map((one) => ofSubject(subjectKey(deps.digest, workspace, one)));
    for (let after: string | undefined; ;) {
      const page = await runtime.search.cases(workspace, { person, limit: CASES_AT_ONCE, after });
      keys.push(...page.found.map(({ id }) => ofCase(id)));
      after = page.next;
      if (after === undefined) return keys;
    }
  }

  return async (workspace, person, { after, limit }) => {
    const seqs = (await exchanges.places(workspace, await keysOf(workspace, person)))
      .filter((seq) => after === undefined || seq < after)
      .sort((a, b) => b - a);
    const page = await exchanges.read(workspace, seqs.slice(0, limit));
    const directory = await deps.rights.directoryOf(workspace);
    const cases = new Map<string, Case | undefined>();
    const accesses: PersonAccess[] = [];
    for (const { seq, exchange } of page) {
      const caseId = exchange.origin?.caseId;
      if (caseId !== undefined && !cases.has(caseId)) {
        const id = caseDocumentId(workspace, caseIdSchema.parse(caseId));
        cases.set(caseId, (await runtime.cases.collection.get(id))?.doc);
      }
      accesses.push(toAccess(seq, exchange, titles(deps.catalog, directory), cases.get(caseId ?? '')));
    }
    const last = accesses.at(-1)?.seq;
    return { accesses, ...(seqs.length > limit && last !== undefined ? { next: String(last) } : {}) };
  };
}

interface Titles {
  client(path: string): string;
  service(id: string): string;
}

/** Organisations are known by what they do: the use case that they run, or the services that they offer. */
function titles({ useCases }: Pick<UseCaseCatalog, 'useCases'>, directory: Directory): Titles {
  const titleOf = (services: readonly DirectoryService[]): string | undefined => services[0]?.title;
  return {
    client: (path) =>
      useCases.find(({ manifest }) => manifest.client === path)?.manifest.title ??
      titleOf(directory.servicesOf(path)) ??
      path,
    service: (id) => directory.service(id)?.title ?? id,
  };
}

function toAccess(seq: number, exchange: Exchange, title: Titles, of: Case | undefined): PersonAccess {
  const { id, time, at, client, service, block, operationId, outcome, status, fields, basis, refusal } =
    exchange;
  const asked = fields ?? (basis?.kind === 'consent' ? basis.fields : undefined);
  const step = exchange.origin?.step;
  return {
    id,
    seq,
    time,
    at,
    client,
    clientTitle: title.client(client),
    service,
    serviceTitle: title.service(service),
    block,
    ...(operationId === undefined ? {} : { operationId }),
    outcome,
    status,
    ...(asked === undefined ? {} : { fields: asked }),
    ...(basis === undefined ? {} : { basis }),
    ...(refusal === undefined ? {} : { refusal }),
    ...(of === undefined
      ? {}
      : { case: { id: of.id, number: of.number, useCase: of.useCase, kind: of.kind } }),
    ...(step === undefined ? {} : { step }),
  };
}
