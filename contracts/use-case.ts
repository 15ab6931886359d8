import { z } from 'zod';
import { blockIds } from './block.js';
import { roles } from './identity.js';

/**
 * The manifest of a use case, `usecases/<id>/use-case.yaml`: everything that is not a workflow, a form or a text.
 * A use case is data; the loader (`orchestrator/definition`) reads the whole folder and checks that its parts agree.
 */
const kebab = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');

/** `instance/class/member/application`, as the information mediator names its members. */
const memberPath = z.string().regex(/^[A-Z0-9-]+(\/[A-Z0-9-]+){3}$/, 'INSTANCE/CLASS/MEMBER/APPLICATION');

const lawfulBasis = z.discriminatedUnion('kind', [
  /** A live consent of the person under this data agreement, covering the requested fields. */
  z.strictObject({
    kind: z.literal('consent'),
    agreement: z.string().min(1),
    /** JSON pointer into {path, query, body} of the request where the person's identifier stands. */
    subjectAt: z.string().startsWith('/'),
  }),
  /** A law or a contract of the programme; the reference is recorded with each exchange. */
  z.strictObject({
    kind: z.literal('public-task'),
    reference: z.string().min(1),
    /** Where the person stands, if the operation names one: then people find the call among those about them. */
    subjectAt: z.string().startsWith('/').optional(),
  }),
  z.strictObject({ kind: z.literal('not-personal') }),
]);
export type LawfulBasis = z.infer<typeof lawfulBasis>;

const accessRight = z.strictObject({
  client: memberPath,
  /** Operation ids; every operation when absent. The first right that fits the client and operation decides. */
  operations: z.array(z.string()).min(1).optional(),
  basis: lawfulBasis,
});

/** A service of a member of the mediator. Workflows name it as `govstack://<alias>/openapi.json`. */
const service = z.strictObject({
  title: z.string(),
  /** The member's application that provides it, and the service code under it. */
  provider: memberPath,
  code: kebab,
  block: z.enum(blockIds),
  /** Prefix below the block's root, such as nothing or `/data`. */
  basePath: z.string().startsWith('/').optional(),
  /** Path parameters that this service fixes, such as {registryName: population}. */
  fixed: z.record(z.string(), z.string()).optional(),
  access: z.array(accessRight).min(1),
});
export { service as serviceDefinitionSchema, accessRight as accessRightSchema };
export type ServiceDefinition = z.infer<typeof service>;

const transition = z.strictObject({ from: z.array(kebab).min(1), to: kebab });

const caseKind = z.strictObject({
  title: z.string(),
  /** The workflow that opens such a case (its document name). */
  workflow: kebab,
  /** Who may open one. */
  startedBy: z.array(z.enum(roles)),
  /** The form (file in forms/ without extension) whose data is the workflow's input. */
  form: kebab.optional(),
  /** Prefix of the case number that people read, such as USCT-A. */
  numberPrefix: z.string().regex(/^[A-Z0-9-]{2,12}$/),
  states: z.strictObject({
    initial: kebab,
    final: z.array(kebab).min(1),
    transitions: z.array(transition).min(1),
  }),
});
export type CaseKind = z.infer<typeof caseKind>;

export const useCaseSchema = z.strictObject({
  id: kebab,
  /** The published product use case it implements, such as INST-1. */
  reference: z.string(),
  version: z.string(),
  title: z.string(),
  summary: z.string(),
  sdgs: z.array(z.int().min(1).max(17)),
  actors: z.array(z.strictObject({ id: kebab, title: z.string(), description: z.string() })),
  /** The published steps, in order. */
  steps: z.array(
    z.strictObject({
      id: kebab,
      title: z.string(),
      blocks: z.array(z.string()),
      genericWorkflows: z.array(z.string()).default([]),
      workflows: z.array(kebab),
    }),
  ),
  /** The caller's own place in the mediator. */
  client: memberPath,
  services: z.record(kebab, service),
  cases: z.record(kebab, caseKind),
  /** The shared parts (`usecases/shared/`) that its workflows perform. */
  uses: z.array(kebab).optional(),
  defaultScenario: kebab,
  /** The languages of its texts (`locales/`), and those of them that nobody who speaks them has checked yet. */
  locales: z.array(z.string()).min(1),
  drafts: z.array(z.string()).optional(),
});
export type UseCaseManifest = z.infer<typeof useCaseSchema>;
