import type { BlockId } from '../../contracts/block.js';
import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import type { ContractDiff } from '../../contracts/contract-diff.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import { streams } from '../../contracts/streams.js';
import type { BindingChanged } from '../../contracts/workspace-event.js';
import { describeBinding, parseBinding } from '../../orchestrator/blocks/binding.js';
import type { StoredBinding } from '../../orchestrator/blocks/binding-store.js';
import type { Bindings } from '../../orchestrator/blocks/bindings.js';
import type { BindingPlace, BindingPorts, BindingView } from '../../orchestrator/http/ports/binding-ports.js';
import { operationUses } from '../operation-uses.js';
import type { UseCaseCatalog } from '../use-case-catalog.js';

export interface BindingPortDeps {
  readonly bindings: Pick<Bindings, 'list' | 'get' | 'set' | 'remove' | 'diff'>;
  readonly catalog: Pick<UseCaseCatalog, 'useCases'>;
  readonly journal: Pick<Journal, 'append'>;
  readonly clocks: WorkspaceClocks;
  readonly realClock: Clock;
}

/** Bindings as the API has them: compared before they are switched, and noted in the workspace's log. */
export function createBindingPorts(deps: BindingPortDeps): BindingPorts {
  const { bindings } = deps;

  const stored = async (workspace: WorkspaceId, place: BindingPlace): Promise<StoredBinding | undefined> =>
    (await bindings.list(workspace, place.block)).find(({ target }) => isAt(target, place));

  async function note(
    workspace: WorkspaceId,
    { block, service, operationId }: BindingPlace,
    change: Pick<BindingChanged, 'from' | 'to' | 'by'>,
  ): Promise<void> {
    const event = {
      type: 'binding.changed',
      block,
      ...(service === undefined ? {} : { service }),
      ...(operationId === undefined ? {} : { operationId }),
      ...change,
      time: deps.clocks.of(workspace).now().toISOString(),
      at: deps.realClock.now().toISOString(),
    } satisfies BindingChanged & { time: string; at: string };
    await deps.journal.append(streams.log(workspace), 'any', [{ event: event }]);
  }

  function diff(
    workspace: WorkspaceId,
    { block, service, operationId }: BindingPlace,
    { binding, document }: { readonly binding: JsonObject; readonly document?: string | undefined },
  ): Promise<ContractDiff> {
    const uses = operationUses(deps.catalog.useCases).filter(
      (use) => use.block === block && (service === undefined || use.service === service),
    );
    return bindings.diff(workspace, { block, operationId, binding, document, uses });
  }

  return {
    list: async (workspace, block) => {
      const all = (await bindings.list(workspace, block)).map(viewOf);
      const own = all.find((one) => one.service === undefined && one.operationId === undefined);
      const others = all.filter((one) => one !== own);
      return [own ?? { binding: { kind: 'mock' } }, ...others];
    },
    set: async (workspace, place, { binding, document, force }, by) => {
      assertService(deps, place);
      const parsed = parseBinding(binding);
      const check = parsed.kind === 'mock' ? undefined : await diff(workspace, place, { binding, document });
      if (check?.verdict === 'breaking' && !force) throw breaking(place.block, check);
      const before = await stored(workspace, place);
      const set = await bindings.set(workspace, place, binding);
      await note(workspace, place, { from: nameOf(before), to: describeBinding(set), by: by.username });
      const view = viewOf({ target: place, binding: set });
      return { view, ...(check === undefined ? {} : { check }) };
    },
    remove: async (workspace, place, by) => {
      const before = await stored(workspace, place);
      if (!(await bindings.remove(workspace, place)))
        throw new SandboxError('GSB-REQ-002', { detail: `No binding was set for ${nameOfPlace(place)}.` });
      await note(workspace, place, { from: nameOf(before), to: 'default', by: by.username });
    },
    check: async (workspace, place, request) => {
      assertService(deps, place);
      return diff(workspace, place, request);
    },
  };
}

function isAt(target: BindingPlace, place: BindingPlace): boolean {
  return target.service === place.service && target.operationId === place.operationId;
}

function viewOf({ target: { service, operationId }, binding, unclearSince }: StoredBinding): BindingView {
  return {
    ...(service === undefined ? {} : { service }),
    ...(operationId === undefined ? {} : { operationId }),
    binding: binding,
    ...(unclearSince === undefined ? {} : { unclearSince }),
  };
}

function nameOf(before: StoredBinding | undefined): string {
  return before === undefined ? 'default' : describeBinding(before.binding);
}

function nameOfPlace({ block, service, operationId }: BindingPlace): string {
  return `${service ?? block}${operationId === undefined ? '' : `#${operationId}`}`;
}

/** A binding of a service that nobody provides would never be used. */
function assertService(
  { catalog }: Pick<BindingPortDeps, 'catalog'>,
  { block, service }: BindingPlace,
): void {
  if (service === undefined) return;
  const known = servicesOf(catalog, block);
  if (known.includes(service)) return;
  throw new SandboxError('GSB-REQ-001', {
    detail: `service: ${block} has no service ${service}. There are: ${known.join(', ') || 'none'}.`,
  });
}

function servicesOf(catalog: Pick<UseCaseCatalog, 'useCases'>, block: BlockId): readonly string[] {
  const ids = catalog.useCases.flatMap(({ manifest }) =>
    Object.values(manifest.services)
      .filter((one) => one.block === block)
      .map(({ provider, code }) => `${provider}/${code}`),
  );
  return [...new Set(ids)];
}

function breaking(block: BlockId, check: ContractDiff): SandboxError {
  const broken = check.operations.filter((one) => one.verdict === 'breaking' && one.usedBy.length > 0);
  const told = broken.map(({ operationId, usedBy, differences }) => {
    const why = differences.filter((one) => one.breaking).map(({ at, what }) => `${at} ${what}`.trim());
    return `${operationId} (called by ${usedBy.join(', ')}): ${why.slice(0, 3).join('; ')}`;
  });
  return new SandboxError('GSB-REQ-003', {
    detail: `The candidate at ${check.document ?? ''} would break operations of ${block} that use cases call. ${told.join('. ')}. Send force: true to switch all the same.`,
    extensions: { check: check as unknown as Json },
  });
}
