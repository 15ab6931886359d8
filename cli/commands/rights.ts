import { SandboxError } from '../../contracts/problems.js';
import type { ApiClient } from '../api-client.js';
import { paint } from '../paint.js';
import { createTrainer, type TrainerOptions } from '../trainer.js';

export interface RightsOptions extends TrainerOptions {
  readonly operation?: readonly string[];
  readonly why?: string;
  readonly json?: boolean;
}

interface Right {
  readonly id: string;
  readonly client: string;
  readonly service: string;
  readonly serviceTitle: string;
  readonly operations?: readonly string[];
  readonly basis: { readonly kind: string };
  readonly origin: string;
  readonly state: 'held' | 'narrowed' | 'revoked';
  readonly revokedOperations?: readonly string[];
  readonly by?: string;
  readonly why?: string;
}

/** `sandbox rights list`: who may call what at the information mediator, and what was changed. */
export async function listRights(options: RightsOptions): Promise<void> {
  const rights = await rightsOf((await createTrainer(options)).api);
  print(options, { rights }, rights.map(line).join('\n'));
}

/** `sandbox rights revoke`: at once; a run that needs the right faults and names it. */
export async function revokeRight(name: string, options: RightsOptions): Promise<void> {
  const { api } = await createTrainer(options);
  const id = await idOf(api, name);
  const query = new URLSearchParams(options.why === undefined ? {} : { why: options.why });
  for (const operation of options.operation ?? []) query.append('operation', operation);
  await api.delete(`/access-rights/${encodeURIComponent(id)}?${query.toString()}`);
  const right = await rightOf(api, id);
  print(options, { right }, line(right));
}

/** `sandbox rights grant`: gives back what was revoked. */
export async function grantRight(name: string, options: RightsOptions): Promise<void> {
  const { api } = await createTrainer(options);
  const id = await idOf(api, name);
  await api.put(`/access-rights/${encodeURIComponent(id)}`, {
    ...(options.operation === undefined ? {} : { operations: options.operation }),
    ...(options.why === undefined ? {} : { why: options.why }),
  });
  const right = await rightOf(api, id);
  print(options, { right }, line(right));
}

/** `sandbox rights restore`: what the use cases declare and the configuration makes of it. */
export async function restoreRights(options: RightsOptions): Promise<void> {
  const body = options.why === undefined ? {} : { why: options.why };
  const { api } = await createTrainer(options);
  const { restored } = await api.post<{ restored: number }>('/access-rights/restore', body);
  print(options, { restored }, `Restored: ${restored} ${restored === 1 ? 'right' : 'rights'}.`);
}

async function rightsOf(trainer: ApiClient): Promise<readonly Right[]> {
  return (await trainer.get<{ rights: readonly Right[] }>('/access-rights')).rights;
}

/** A right by its id, or by its service where that is enough: `SANDBOX/GOV/MOF/TAX/tax`, or `tax`. */
async function idOf(trainer: ApiClient, name: string): Promise<string> {
  const rights = await rightsOf(trainer);
  const exact = rights.find(({ id }) => id === name);
  if (exact !== undefined) return exact.id;
  const [only, ...others] = rights.filter(({ service }) => service === name || service.endsWith(`/${name}`));
  if (only !== undefined && others.length === 0) return only.id;
  const detail =
    only === undefined
      ? `There is no access right ${name}; sandbox rights list shows them.`
      : `${name} may be any of ${[only, ...others].map(({ id }) => id).join(', ')}: name one of them.`;
  throw new SandboxError(only === undefined ? 'GSB-REQ-002' : 'GSB-REQ-001', { detail });
}

async function rightOf(trainer: ApiClient, wanted: string): Promise<Right> {
  const right = (await rightsOf(trainer)).find(({ id }) => id === wanted);
  if (right === undefined) throw new SandboxError('GSB-REQ-002', { detail: `The right ${wanted} is gone.` });
  return right;
}

function line({ id, operations, basis, origin, state, revokedOperations, by, why }: Right): string {
  const covers = operations === undefined ? 'every operation' : operations.join(', ');
  const now = revokedOperations === undefined ? state : `${state}: without ${revokedOperations.join(', ')}`;
  const changed = by === undefined ? '' : `; by ${by}${why === undefined ? '' : `: ${why}`}`;
  return `${paint('bold', id)}\n  ${now}${changed}; ${covers}; ${basis.kind}; ${origin}`;
}

function print({ json }: RightsOptions, data: object, text: string): void {
  process.stdout.write(json === true ? `${JSON.stringify(data)}\n` : `${text}\n`);
}
