import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadJq, type Jq } from 'jq-wasm';

import { generateHouseholds } from '../../cli/cohort/household-generator.js';
import type { GeneratedHousehold } from '../../cli/cohort/household.js';
import { assess } from '../../cli/cohort/means-test.js';
import { tasksOf, workflows } from './use-case-files.js';

/** The rules of the workflows, evaluated as they stand there, against their independent second writing. */
const documents = workflows();

function programOf(workflow: string, task: string): string {
  const document = documents.find((one) => one.document.name === workflow);
  const found = tasksOf(document?.do ?? [], '/do').find(({ name }) => name === task)?.task;
  if (found === undefined || !('set' in found) || typeof found.set !== 'string')
    throw new Error(`no set task ${task}`);
  return found.set.trim().slice(2, -1);
}

const households = generateHouseholds({ count: 1000 });

interface Application {
  readonly applicant: {
    readonly individualId?: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly birthDate: string;
  };
  readonly household: Parameters<typeof assess>[0];
  readonly consent?: { readonly decision: string; readonly evidence: string };
  readonly payment: { readonly route: string; readonly account?: string };
}

interface Checked {
  readonly good: readonly { readonly line: number; readonly input: Application }[];
  readonly rejected: readonly { readonly line: number; readonly field: string; readonly reason: string }[];
}

describe('the rules of the cash transfer, workflow against second writing', () => {
  let jq: Jq;
  let checked: Checked;
  beforeAll(async () => {
    jq = await loadJq();
    const rows = households.map(({ line, row }) => ({ line, ...row }));
    const context = jq.first<{ pages: unknown[] }>({ rows }, programOf('census-intake', 'turnPages'));
    const page = `.pages[] as $page | (${programOf('census-intake', 'checkPage')})`;
    const pages = jq.json<Checked>(context ?? null, page);
    checked = {
      good: pages.flatMap(({ good }) => good),
      rejected: pages.flatMap(({ rejected }) => rejected),
    };
  });

  it('turn away the same lines for the same reasons', () => {
    const expected = households.flatMap(({ line, expected: e }) =>
      e.outcome === 'rejected-at-intake' ? [{ line, field: e.field, reason: e.reason }] : [],
    );
    expect(checked.rejected).toEqual(expected);
    expect(checked.good).toHaveLength(households.length - expected.length);
  });

  it('see the same differences, and give the same score, package and amount', () => {
    const contexts = checked.good.map(({ line, input }) => {
      const { registries } = householdAt(line);
      const { firstName, lastName, birthDate } = input.applicant;
      const told = [{ name: 'population', required: true, match: { firstName, lastName, birthDate } }];
      const records = { population: null, civil: null, tax: null, land: null, ...registries };
      const compared = jq.first<{ differences: unknown[] }>(
        Object.entries(records).map(([key, value]) => ({ key, value })),
        `${JSON.stringify({ input: { registries: told } })} as $workflow | (${programOf('verify', 'compareRecords')})`,
      );
      return { application: input, registries: records, differences: compared?.differences ?? [] };
    });
    const compared = jq.first<{ differences: unknown[]; registered: Application['household'] }[]>(
      contexts,
      `map(. as $context | (${programOf('application', 'compare')}))`,
    );
    const assessed = jq.first<unknown[]>(
      (compared ?? []).map(({ registered }) => ({ verified: registered })),
      `map(. as $context | (${programOf('application', 'assess')}))`,
    );
    expect(assessed).toHaveLength(checked.good.length);
    for (const [index, { line, input }] of checked.good.entries()) {
      const { expected, registries, row } = householdAt(line);
      const found = assessed?.[index] as { score: number; eligible: boolean };
      const different = (compared?.[index]?.differences.length ?? 0) > 0;
      if (!different) {
        const household = {
          ...input.household,
          landHectares: Math.max(Number(row.land_hectares), registries.land?.hectares ?? 0),
          monthlyIncome: Math.max(Number(row.monthly_income), registries.tax?.monthlyIncome ?? 0),
        };
        expect(found).toMatchObject({ ...assess(household) });
      }
      const reachesTest =
        input.applicant.individualId !== undefined &&
        input.consent?.decision === 'granted' &&
        input.consent.evidence !== '';
      if (reachesTest)
        expect([line, verdict(different, found.eligible)]).toEqual([line, expectedVerdict(expected.outcome)]);
    }
  });

  it('give each functional ID a check digit by Luhn, and nothing of the national ID', () => {
    const task = tasksOf(documents.find(({ document }) => document.name === 'enrol')?.do ?? [], '/do').find(
      ({ name }) => name === 'startEnrollment',
    )?.task;
    const program = (task?.export?.as as string).trim().slice(2, -1);
    const given = {
      runtime: { metadata: { case: { number: 'USCT-A-000042' } } },
      workflow: { input: { prefix: 'U', programme: 'USCT' } },
    };
    const made = jq.first<{ functionalId: string }>(
      given,
      `.runtime as $runtime | .workflow as $workflow | ${program}`,
    );
    expect(made?.functionalId).toBe('U0000000422');
    expect(made?.functionalId.length).toBeLessThanOrEqual(20);
    expect(program).not.toContain('individualId');
  });
});

function householdAt(line: number): GeneratedHousehold {
  const found = households[line - 2];
  if (found?.line !== line) throw new Error(`no household on line ${line}`);
  return found;
}

function verdict(different: boolean, eligible: boolean): string {
  if (different) return 'person';
  return eligible ? 'eligible' : 'not-eligible';
}

function expectedVerdict(outcome: string): string {
  if (outcome === 'waiting-for-a-person') return 'person';
  return outcome === 'not-eligible' ? 'not-eligible' : 'eligible';
}
