import type { BlockRule } from '../../contracts/block.js';

/**
 * Why an answer is as it is: each carries the name of a rule in `X-Sandbox-Rule`, and each block declares its rules.
 * One rule may mean different statuses for different operations, as official documents do.
 */
export interface Rule {
  readonly status: number;
  /** When it answers, as a sentence without a full stop. */
  readonly when: string;
  /** By operationId. */
  readonly operations: readonly string[];
}

export type RuleCatalogue = Readonly<Record<string, Rule | readonly Rule[]>>;

export function ruleOf(status: number, when: string, operations: readonly string[]): Rule {
  return { status, when, operations };
}

/** The way of a request through every block, in this order. Rules of the kit answer at their stage, for any operation. */
export const stages = [
  {
    stage: 'match',
    question: 'Does the document have an operation at this path, method and query?',
    rules: [
      ['no-operation', 404, 'No path of the document fits; the detail names the nearest'],
      ['no-method', 405, 'The path is there with other methods: see `Allow`'],
      ['no-variant', 400, 'The query does not say which operation of this path is meant'],
    ],
  },
  {
    stage: 'fault',
    question: 'Has a trainer switched a fault on for this operation?',
    rules: [
      ['fault:error', 503, 'The fault answers in place of the block, with 503 or the status that it names'],
    ],
  },
  {
    stage: 'validation',
    question: 'Do path, query, headers and body fit the contract?',
    rules: [['invalid-request', 400, 'They do not; the detail names each field and why']],
  },
  {
    stage: 'idempotency',
    question: 'Was this Idempotency-Key used for this operation before?',
    rules: [
      [
        'idempotency-mismatch',
        422,
        'With another request. With the same one, the first answer is repeated with `Idempotent-Replay: true`',
      ],
    ],
  },
  {
    stage: 'operation',
    question: 'What does the operation say? Magic values decide here',
    rules: [
      ['upstream-lost', 503, 'Another system, which the operation had to ask, did not answer'],
      ['defect', 500, 'The mock itself failed: please report it'],
    ],
  },
  {
    stage: 'contract',
    question: 'Does the answer fit the contract?',
    rules: [['defect:response-contract', 500, 'It does not, and nothing was changed: please report it']],
  },
] as const satisfies readonly {
  readonly stage: string;
  readonly question: string;
  readonly rules: readonly (readonly [rule: string, status: number, when: string])[];
}[];

/** Answered before a request becomes one of the block: over HTTP only. */
export const transportRules = [
  ['body-too-large', 413, 'The body is larger than a block takes'],
  ['unreadable-body', 400, 'The body is not encoded as the headers say'],
] as const;

/** All rules of a block: those of the kit first, as far as the block says nothing else about them. */
export function rulesOf(catalogue: RuleCatalogue, operations: readonly string[]): readonly BlockRule[] {
  const own = Object.entries(catalogue).flatMap(([rule, cases]) =>
    casesOf(cases).map(({ status, when, operations: by }) => ({ rule, status, when, operations: by })),
  );
  const ofKit = stages.flatMap(({ stage, rules }) =>
    rules.flatMap(([rule, status, when]): readonly BlockRule[] => {
      const said = own.filter((one) => one.rule === rule).flatMap((one) => one.operations);
      const others = operations.filter((operation) => !said.includes(operation));
      return [{ rule, status, when, stage, operations: stage === 'match' ? [] : others }];
    }),
  );
  return [...ofKit, ...own.map((one) => ({ ...one, stage: stageOf(one.rule) }))];
}

export function casesOf(cases: Rule | readonly Rule[]): readonly Rule[] {
  return 'when' in cases ? [cases] : cases;
}

function stageOf(rule: string): string {
  return stages.find(({ rules }) => rules.some(([name]) => name === rule))?.stage ?? 'operation';
}
