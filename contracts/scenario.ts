import { z } from 'zod';

import { blockIds } from './block.js';
import { faultRequestSchema } from './faults.js';

/**
 * A scenario plays the personas of a use case through the public API, one plain sentence per step:
 * `usecases/<id>/scenarios/<name>.yaml`. It is the demo, the training script and the test at once.
 *
 * `case` names what an earlier step saved (`save`), or follows from a saved case: `{openedBy: <saved>, kind: …}`
 * stands for the newest case of that kind which a run of the saved case opened, and so on from there. A story that crosses the sectors names
 * the other `useCase` where it opens a case there, or follows to one; its personas may act on those. In `input` and `data` a text
 * `{{<saved>.<fact>}}` stands for that fact of the saved case, such as `{{application.functionalId}}`.
 */
const kebab = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
const savedName = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'a name such as application or cycleOne');
const duration = z
  .string()
  .regex(
    /^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/,
    'an ISO 8601 duration, such as P2M or PT1H',
  );

/** The other use case, where it is not the one whose scenario it is. */
const useCase = kebab.optional();

export type CaseReference =
  string | { readonly openedBy: CaseReference; readonly kind: string; readonly useCase?: string | undefined };
const caseReference: z.ZodType<CaseReference> = z.lazy(() =>
  z.union([savedName, z.strictObject({ openedBy: caseReference, kind: kebab, useCase })]),
);

/** The saved case with which a reference begins. */
export function savedIn(reference: CaseReference): string {
  return typeof reference === 'string' ? reference : savedIn(reference.openedBy);
}

const said = {
  /** What happens, in a plain sentence that the demo prints and the trainer reads. */
  say: z.string().min(1).max(240),
};
/** The persona (id in personas.yaml) who acts. */
const as = z.string().min(1);
const json = z.record(z.string(), z.json());

const open = z.strictObject({
  ...said,
  as,
  do: z.literal('open'),
  useCase,
  kind: kebab,
  input: json,
  save: savedName,
});

/** Completes the open human task of that name in that case; waits for it to appear first. */
const complete = z.strictObject({
  ...said,
  as,
  do: z.literal('complete'),
  task: z.string().min(1),
  case: caseReference,
  data: json,
  /** The problem code or HTTP status with which the server must refuse it; done when absent. */
  refused: z.union([z.string(), z.int()]).optional(),
});

/** Posts `org.govstack.case.<event>` to a case. */
const publish = z.strictObject({
  ...said,
  as,
  do: z.literal('publish'),
  case: caseReference,
  event: kebab,
  data: json.default({}),
});

/** Moves the workspace clock: by a duration, or to the next timer of the workspace. */
const advance = z.union([
  z.strictObject({ ...said, do: z.literal('advance'), by: duration }),
  z.strictObject({ ...said, do: z.literal('advance'), to: z.literal('next-timer') }),
]);

/** Everything beside `say`, `do` and `block` is the fault itself: see contracts/faults.ts. */
const fault = z
  .looseObject({ ...said, do: z.literal('fault'), block: z.enum(blockIds) })
  .transform(({ say, do: step, block, ...rest }, context) => {
    const parsed = faultRequestSchema.safeParse(rest);
    if (parsed.success) return { ...parsed.data, say, do: step, block };
    for (const { message, path } of parsed.error.issues)
      context.addIssue({ code: 'custom', message, path: [...path] });
    return z.NEVER;
  });

const clearFaults = z.strictObject({ ...said, do: z.literal('clear-faults') });

/** Takes away the use case's own access right to a service at the mediator, or gives it back; all its operations when none are named. */
const changeRight = z.strictObject({
  ...said,
  do: z.enum(['revoke-right', 'grant-right']),
  /** Alias of the manifest's services. */
  service: kebab,
  operations: z.array(z.string()).min(1).optional(),
});

/** Resumes the parked runs of a case: the failed task is tried again. */
const resume = z.strictObject({ ...said, as, do: z.literal('resume'), case: caseReference });

/** Exactly one of `state`, `task` (open), `trouble` (a run is parked). `seconds` is real time, 60 when absent. */
const waitFor = z
  .strictObject({
    ...said,
    do: z.literal('wait-for'),
    case: caseReference,
    state: kebab.optional(),
    task: z.string().optional(),
    trouble: z.literal(true).optional(),
    seconds: z.int().min(1).max(1800).default(60),
  })
  .refine(
    (step) => [step.state, step.task, step.trouble].filter((given) => given !== undefined).length === 1,
    {
      message: 'give exactly one of state, task, trouble',
    },
  );

const expectCase = z.strictObject({
  ...said,
  do: z.literal('expect'),
  case: caseReference,
  state: kebab.optional(),
  /** Facts that must be there with these values; others may be. */
  facts: json.optional(),
  /** States that the case has been in, in this order, with others between them. */
  passed: z.array(kebab).optional(),
});

/** Entries in the ledger of the payments block: credits that reached somebody. */
const expectLedger = z.strictObject({
  ...said,
  do: z.literal('expect-ledger'),
  /** The application whose beneficiary (fact `functionalId`) is meant; everybody in the workspace when absent. */
  case: caseReference.optional(),
  /** Only entries whose instruction ID contains this text, such as the cycle's digits 2601. */
  instruction: z.string().optional(),
  count: z.int().min(0),
  total: z.number().min(0).optional(),
});

/** Exchanges through the mediator that belong to this case. */
const expectExchanges = z
  .strictObject({
    ...said,
    do: z.literal('expect-exchanges'),
    case: caseReference,
    /** Alias of the manifest's services. */
    service: kebab,
    outcome: z.enum(['answered', 'refused', 'unreachable']),
    /** Exactly so many, or at least so many. */
    count: z.int().min(0).optional(),
    least: z.int().min(1).optional(),
  })
  .refine(({ count, least }) => (count === undefined) !== (least === undefined), {
    message: 'give exactly one of count, least',
  });

/** Messages that reached this number and contain the text: none that was refused or bounced. */
const expectMessages = z.strictObject({
  ...said,
  do: z.literal('expect-messages'),
  to: z.string().min(1),
  contains: z.string().optional(),
  count: z.int().min(0),
});

export const scenarioStepSchema = z.union([
  open,
  complete,
  publish,
  advance,
  fault,
  clearFaults,
  changeRight,
  resume,
  waitFor,
  expectCase,
  expectLedger,
  expectExchanges,
  expectMessages,
]);
export type ScenarioStep = z.infer<typeof scenarioStepSchema>;

export const scenarioSchema = z.strictObject({
  name: kebab,
  title: z.string().min(1).max(120),
  summary: z.string().min(1).max(1000),
  /** May be shown by `npm start` as the demo. */
  demo: z.boolean().default(false),
  /** The workspace clock is set to this instant first (it only moves forward). */
  clock: z.iso.datetime().optional(),
  steps: z.array(scenarioStepSchema).min(1),
});
export type Scenario = z.infer<typeof scenarioSchema>;

const bulkAnswer = z.strictObject({
  task: z.string().min(1),
  as,
  data: json,
  /** Fields of the task's own data that must not be empty, or the task is left to a person. */
  needs: z.array(z.string()).default([]),
  /** Fields of the task's own data that are copied into the answer. */
  take: z.array(z.string()).default([]),
});

/**
 * `usecases/<id>/cohort.yaml`: how a whole census is played. Each line of the file ends in one outcome, read from the
 * state of its case, or, once it was paid or not, from the output of the payment run
 * ({paid: [functionalId], failed: [{functionalId}], unclear: [functionalId]}) by its fact `functionalId`.
 */
export const cohortSchema = z.strictObject({
  /** CSV inside the use case's folder. */
  seed: z.string().min(1),
  intake: z.strictObject({
    as,
    kind: kebab,
    input: json,
    /** The member of the input that takes the rows, each with its `line`. */
    rowsAt: z.string().min(1),
    /** Kind of the cases that the intake opens; its run's output is {opened: [{line, caseId}], rejected: [{line, field, reason}]}. */
    opened: kebab,
  }),
  answers: z.array(bulkAnswer),
  /** States in which a case no longer goes on by itself. */
  settledStates: z.array(kebab).min(1),
  payment: z.strictObject({
    as,
    kind: kebab,
    input: json,
    answers: z.array(bulkAnswer),
    /** The clock is moved by so much whenever the payment run waits for time. */
    advance: duration,
    finalState: kebab,
  }),
  outcomes: z.strictObject({
    byState: z.record(kebab, z.string()),
    byPayment: z.strictObject({ paid: z.string(), failed: z.string(), unclear: z.string() }),
  }),
});
export type CohortPlan = z.infer<typeof cohortSchema>;
