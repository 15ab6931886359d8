import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { checklist } from '../../app/docs/language/checklist.js';
import { featureIds, isOpen, proofsIn } from '../../app/docs/language/proofs.js';
import { readFeatures } from '../../app/conformance/run-features.js';

const features = await readFeatures(fileURLToPath(new URL('./', import.meta.url)));
const scenarios = features.flatMap((feature) => feature.scenarios);
const proofs = proofsIn(features);
const rows = checklist.flatMap((section) => section.features);

/** Features for which only a scenario that does not pass yet shows one of the two sides. */
const NOT_YET: readonly string[] = [];

describe('the checklist of the language', () => {
  it('names each feature once', () => {
    const ids = rows.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(150);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('has a scenario for each side of each feature', () => {
    const unproved = rows.filter(({ id, refused }) => {
      const proof = proofs.get(id);
      return (
        proof === undefined ||
        proof.denied.length === 0 ||
        (refused === undefined && proof.shown.length === 0)
      );
    });
    expect(unproved.map(({ id }) => id)).toEqual([]);
  });

  it('says honestly what is not yet', () => {
    const notYet = rows.filter(({ id, refused }) => {
      const { shown = [], denied = [] } = proofs.get(id) ?? {};
      return denied.every(isOpen) || (refused === undefined && shown.every(isOpen));
    });
    expect(notYet.map(({ id }) => id)).toEqual(NOT_YET);
  });

  it('knows every feature that a scenario says it proves', () => {
    const known = new Set(rows.map(({ id }) => id));
    const unknown = scenarios.flatMap(featureIds).filter((id) => !known.has(id));
    expect(unknown).toEqual([]);
    expect(scenarios.filter((scenario) => featureIds(scenario).length === 0).map(({ name }) => name)).toEqual(
      [],
    );
  });

  it('tells scenarios apart by their names', () => {
    const names = scenarios.map(({ feature, name }) => `${feature}: ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
