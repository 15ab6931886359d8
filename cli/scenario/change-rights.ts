import type { ScenarioStep } from '../../contracts/scenario.js';
import type { UseCaseManifest } from '../../contracts/use-case.js';
import type { ApiClient } from '../api-client.js';

type Step = Extract<ScenarioStep, { readonly do: 'revoke-right' | 'grant-right' }>;

/** Revokes or grants what the use case's own application may do with one of its services. Fails when it has no right there. */
export async function changeRights(trainer: ApiClient, manifest: UseCaseManifest, step: Step): Promise<void> {
  const service = manifest.services[step.service];
  if (service === undefined) throw new Error(`the use case has no service ${step.service}`);
  const id = `${service.provider}/${service.code}`;
  const { rights } = await trainer.get<{
    rights: readonly { id: string; client: string; service: string }[];
  }>('/access-rights');
  const own = rights.filter((right) => right.client === manifest.client && right.service === id);
  if (own.length === 0) throw new Error(`${manifest.client} has no access right to ${id}`);
  for (const right of own) {
    if (step.do === 'grant-right') {
      const asked = {
        why: step.say,
        ...(step.operations === undefined ? {} : { operations: step.operations }),
      };
      await trainer.put(`/access-rights/${right.id}`, asked);
    } else {
      const query = new URLSearchParams({ why: step.say });
      for (const operation of step.operations ?? []) query.append('operation', operation);
      await trainer.delete(`/access-rights/${right.id}?${query.toString()}`);
    }
  }
}
