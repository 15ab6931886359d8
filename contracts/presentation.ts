import { z } from 'zod';

/**
 * How a use case is shown to an audience: `usecases/<id>/presentation.yaml`. A chapter plays some steps of a scenario,
 * one slide at a time, and begins at a snapshot of its own. The texts stand in the locales:
 * `presentation.slides.<slide>.{title,text,notes}`, `presentation.chapters.<chapter>`, `savings.<rule>`.
 */
const kebab = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');

const slide = z.strictObject({
  id: kebab,
  /** How many steps of the scenario are played when the slide comes. */
  play: z.int().min(0).default(0),
  /** What stands beside the sentence: nothing, the calls, a person's phone or desk, or what the citizen was spared. */
  show: z.enum(['words', 'story', 'phone', 'desk', 'savings']).default('words'),
  /** The scenario's name for another case than the talk's, whose phone, desk or calls this slide shows. */
  case: z.string().optional(),
});
export type Slide = z.infer<typeof slide>;

const chapter = z.strictObject({ id: kebab, slides: z.array(slide).min(1) });

/** What the citizen was spared, counted from the exchanges that were answered. */
const savingRule = z.strictObject({
  id: kebab,
  kind: z.enum(['papers', 'forms', 'visits']),
  /** Aliases of the manifest's services. */
  services: z.array(kebab).min(1),
  operations: z.array(z.string()).min(1).optional(),
  /** Several calls of one service, or of one organisation, spare one thing only. */
  once: z.enum(['service', 'organisation', 'call']),
});
export type SavingRule = z.infer<typeof savingRule>;

const withoutRepetition = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

export const presentationSchema = z.strictObject({
  /** A scenario without expectations that fail when the audience is slow. */
  scenario: kebab,
  /** The scenario's name for the case whose story is told. */
  case: z.string(),
  chapters: z
    .array(chapter)
    .min(1)
    .refine((chapters) => withoutRepetition(chapters.map(({ id }) => id)), {
      message: 'two chapters have the same id',
    })
    .refine((chapters) => withoutRepetition(chapters.flatMap(({ slides }) => slides.map(({ id }) => id))), {
      message: 'two slides have the same id',
    }),
  savings: z.array(savingRule).default([]),
});
export type PresentationPlan = z.infer<typeof presentationSchema>;
