import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BlockId, RequestRecorder, SeenRequest } from '../../../contracts/block.js';
import { consentRules } from '../../../mocks/consent/rules.js';
import { digitalRegistriesRules } from '../../../mocks/digital-registries/rules.js';
import { financialInstitutionRules } from '../../../mocks/financial-institution/rules.js';
import { identityRules } from '../../../mocks/identity/rules.js';
import { informationMediatorRules } from '../../../mocks/information-mediator/rules.js';
import { casesOf, stages, type RuleCatalogue } from '../../../mocks/kit/rules.js';
import { messagingRules } from '../../../mocks/messaging/rules.js';
import { paymentsRules } from '../../../mocks/payments/rules.js';
import { registrationRules } from '../../../mocks/registration/rules.js';
import { schedulerRules } from '../../../mocks/scheduler/rules.js';
import { workflowRules } from '../../../mocks/workflow/rules.js';

export const catalogues: Readonly<Partial<Record<BlockId, RuleCatalogue>>> = {
  identity: identityRules,
  consent: consentRules,
  'information-mediator': informationMediatorRules,
  'digital-registries': digitalRegistriesRules,
  registration: registrationRules,
  payments: paymentsRules,
  messaging: messagingRules,
  scheduler: schedulerRules,
  workflow: workflowRules,
  'financial-institution': financialInstitutionRules,
};

const folder = process.env['RULES_SEEN'];
const ofKit = new Map<string, number>(
  stages.flatMap(({ rules }) => rules.map(([rule, status]) => [rule, status] as const)),
);

/** Several rows of a magic table answer as one rule, `magic:bounced,deferred`, and each is declared by itself. */
export function rulesIn(rule: string): readonly string[] {
  const outcomes = /^magic:(.*)$/.exec(rule)?.[1];
  return outcomes === undefined ? [rule] : outcomes.split(',').map((outcome) => `magic:${outcome}`);
}

/** Why an answer contradicts the catalogue of its block; undefined when it does not, or is of a sample block. */
export function undeclared({ block, operationId, response }: SeenRequest): string | undefined {
  const catalogue = catalogues[block];
  if (response === undefined || catalogue === undefined) return undefined;
  const rule = response.headers['x-sandbox-rule'];
  const answer = `${block} ${operationId ?? '(no operation)'} answered ${response.status} by the rule ${rule ?? '(none)'}`;
  if (rule === undefined) return answer;
  const all = Object.values(catalogue).flatMap(casesOf);
  const known = new Set(all.flatMap(({ operations }) => operations));
  if (operationId !== undefined && !known.has(operationId)) return undefined;
  const fits = rulesIn(rule).every((name) =>
    casesOf(catalogue[name] ?? []).some(
      ({ status, operations }) =>
        status === response.status && operationId !== undefined && operations.includes(operationId),
    ),
  );
  // A fault names its own status, and each official document the shape and status of what the kit refuses.
  if (fits || ofKit.has(rule)) return undefined;
  return `${answer}, which mocks/${block}/rules.ts does not declare`;
}

/**
 * Fails a test in which an operation answers by a rule that its block does not declare. With RULES_SEEN, a folder,
 * writes down each rule that answered, for `npm run rules`.
 */
export const rulesSeen: RequestRecorder = {
  record: (_workspace, seen) => {
    const wrong = undeclared(seen);
    if (wrong !== undefined) throw new Error(wrong);
    if (folder === undefined) return;
    const { block, operationId, response } = seen;
    const line = {
      block,
      operationId,
      rule: response?.headers['x-sandbox-rule'],
      status: response?.status ?? 0,
    };
    mkdirSync(folder, { recursive: true });
    appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(line)}\n`);
  },
};
