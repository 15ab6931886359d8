import { z } from 'zod';
import type { BlockSeeds } from '../../contracts/block.js';
import type { JsonObject } from '../../contracts/json.js';
import type { SeedContext } from '../kit/block-definition.js';
import { sandboxClient } from './clients.js';
import type { IdentityState, PersonDoc } from './state.js';

/** Seeds: `persons`, invented people of the foundational register. */
const personSeed = z.object({
  individualId: z.string().min(1).max(40),
  name: z.string().min(1),
  givenName: z.string().optional(),
  familyName: z.string().optional(),
  middleName: z.string().optional(),
  birthdate: z.string().optional(),
  gender: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  address: z.json().optional(),
  locale: z.string().optional(),
  /** Right for this person beside the usual one. */
  oneTimePassword: z.string().min(1).optional(),
});

/** A person as stored, for those who edit the register by hand. */
export const storedPersonSchema = z.strictObject({
  claims: z.record(z.string(), z.json()),
  oneTimePassword: z.string().min(1).optional(),
  blocked: z.strictObject({ until: z.iso.datetime().optional() }).optional(),
  deactivated: z.boolean().optional(),
});

export async function seedIdentity({ state }: SeedContext<IdentityState>, seeds: BlockSeeds): Promise<void> {
  const persons = z.array(personSeed).parse(seeds.persons ?? []);
  await state.persons.putMany(persons.map(toPerson));
  await state.clients.put(sandboxClient);
}

function toPerson({ individualId, oneTimePassword, ...seed }: z.infer<typeof personSeed>): PersonDoc {
  const claims: Record<string, unknown> = {
    name: seed.name,
    given_name: seed.givenName,
    family_name: seed.familyName,
    middle_name: seed.middleName,
    birthdate: seed.birthdate,
    gender: seed.gender,
    phone_number: seed.phone,
    phone_number_verified: seed.phone === undefined ? undefined : true,
    email: seed.email,
    email_verified: seed.email === undefined ? undefined : true,
    address: seed.address,
    locale: seed.locale,
  };
  const known = Object.entries(claims).filter(([, value]) => value !== undefined);
  return {
    _id: individualId,
    claims: Object.fromEntries(known) as JsonObject,
    ...(oneTimePassword === undefined ? {} : { oneTimePassword }),
  };
}
