import { z } from 'zod';
import type { BlockSeeds } from '../../contracts/block.js';
import { SandboxError } from '../../contracts/problems.js';
import type { SeedContext } from '../kit/block-definition.js';
import { parseEForm, parseService, type EForm, type Service } from './service.js';
import type { RegistrationState } from './state.js';

/** Seed collections: `eForms` and `services`. Raises GSB-DEF-003, naming the entry. */
export async function seedRegistration(
  { state }: SeedContext<RegistrationState>,
  seeds: BlockSeeds,
): Promise<void> {
  const forms = new Map<string, EForm>();
  for (const [index, seed] of (seeds.eForms ?? []).entries()) {
    const form = at(`eForms[${index}]`, () => {
      const parsed = parseEForm(seed);
      // A schema that does not compile is found here and not by the first applicant.
      state.formSchemas.problems(parsed, {});
      if (forms.has(parsed._id)) throw new Error(`${parsed._id} is there twice`);
      return parsed;
    });
    forms.set(form._id, form);
  }
  const services = new Map<string, Service>();
  for (const [index, seed] of (seeds.services ?? []).entries()) {
    const service = at(`services[${index}]`, () => {
      const parsed = parseService(seed);
      const missing = parsed.eForms.find((id) => !forms.has(id));
      if (missing !== undefined) throw new Error(`eForms names ${missing}, which is not among the seeds`);
      if (services.has(parsed._id)) throw new Error(`${parsed._id} is there twice`);
      return parsed;
    });
    services.set(service._id, service);
  }
  await state.eForms.putMany([...forms.values()]);
  await state.services.putMany([...services.values()]);
}

function at<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const message =
      error instanceof z.ZodError
        ? z.prettifyError(error)
        : error instanceof Error
          ? error.message
          : String(error);
    throw new SandboxError('GSB-DEF-003', {
      detail: `seeds for registration, ${place}: ${message}`,
      cause: error,
    });
  }
}
