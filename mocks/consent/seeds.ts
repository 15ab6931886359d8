import { z } from 'zod';
import type { BlockSeeds } from '../../contracts/block.js';
import type { Document } from '../../contracts/documents.js';
import type { JsonObject } from '../../contracts/json.js';
import type { Effect, SeedContext } from '../kit/block-definition.js';
import { agreementInputSchema, buildAgreement, buildPolicy } from './agreements.js';
import { individualDoc } from './individuals.js';
import type { AgreementDoc, ConsentState, IndividualDoc, PolicyDoc, RevisionDoc } from './state.js';

/**
 * Seeds: `dataAgreements` (what may be asked of people), `policies`, `individuals` (rarely: workflows create them).
 * Consents are never seeded: only a person, or an officer with evidence, gives them.
 */
const policySeed = z.looseObject({
  id: z.string().min(1),
  name: z.string().min(1),
  version: z.string().default('1.0.0'),
  url: z.string().default('https://policy.example/'),
});

const individualSeed = z.strictObject({
  id: z.string().min(1),
  externalId: z.string().min(1),
  externalIdType: z.string().default('person-ref'),
  identityProviderId: z.string().min(1).optional(),
});

export async function seedConsent(
  { state, now }: SeedContext<ConsentState>,
  seeds: BlockSeeds,
): Promise<void> {
  const agreements = z.array(agreementInputSchema.required({ id: true })).parse(seeds.dataAgreements ?? []);
  const policies = z.array(policySeed).parse(seeds.policies ?? []);
  const individuals = z.array(individualSeed).parse(seeds.individuals ?? []);
  const made = [
    ...agreements.map((agreement) => buildAgreement(agreement.id, agreement, { now })),
    ...policies.map((policy) => buildPolicy(policy.id, policy as JsonObject, { now })),
  ];
  const effects = made.flatMap((each) => each.effects);
  await state.agreements.putMany(docsOf(effects, 'agreements') as readonly AgreementDoc[]);
  await state.policies.putMany(docsOf(effects, 'policies') as readonly PolicyDoc[]);
  await state.revisions.putMany(docsOf(effects, 'revisions') as readonly RevisionDoc[]);
  await state.individuals.putMany(
    individuals.map(({ identityProviderId, ...seed }): IndividualDoc =>
      individualDoc(seed.id, {
        ...seed,
        ...(identityProviderId === undefined ? {} : { identityProviderId }),
      }),
    ),
  );
}

function docsOf(effects: readonly Effect[], collection: string): readonly Document[] {
  return effects.flatMap((effect) =>
    effect.kind === 'put' && effect.collection === collection ? [effect.doc] : [],
  );
}
