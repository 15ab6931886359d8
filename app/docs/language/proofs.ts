import type { Feature, Scenario } from '../../conformance/feature-file.js';

/** The scenarios that show what a feature does, and what it does not. */
export interface Proof {
  readonly shown: readonly Scenario[];
  readonly denied: readonly Scenario[];
}

/** By the id of the language feature, from the tags of scenarios: `@feature(<id>)`, and `@negative`. */
export function proofsIn(features: readonly Feature[]): ReadonlyMap<string, Proof> {
  const proofs = new Map<string, { shown: Scenario[]; denied: Scenario[] }>();
  for (const scenario of features.flatMap(({ scenarios }) => scenarios)) {
    for (const id of featureIds(scenario)) {
      const proof = proofs.get(id) ?? { shown: [], denied: [] };
      proofs.set(id, proof);
      (scenario.tags.includes('@negative') ? proof.denied : proof.shown).push(scenario);
    }
  }
  return proofs;
}

export function featureIds({ tags }: Scenario): readonly string[] {
  return tags.flatMap((tag) => /^@feature\((.+)\)$/.exec(tag)?.[1] ?? []);
}

export const isOpen = ({ tags }: Scenario): boolean => tags.includes('@open');
