import { z } from 'zod';

/**
 * The use cases that GovStack has published, `usecases/published.yaml`: what the catalogue tells of each, whether it runs
 * here or not. One that runs is found by its reference; its own manifest then says more, and comes first.
 */
const kebab = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
const words = z.string().min(1);
/** The same short text in each language of the console; in those that are drafts it may be missing. */
const text = z.strictObject({
  en: words,
  fr: words,
  ar: words,
  es: words.optional(),
  pt: words.optional(),
  am: words.optional(),
  sw: words.optional(),
});
export type PublishedText = z.infer<typeof text>;

const step = z.strictObject({
  step: kebab,
  /** Building blocks by id, also those that nothing here simulates. */
  blocks: z.array(kebab),
  /** Generic workflows that the step is made of. */
  workflows: z.array(kebab),
});

const useCase = z.strictObject({
  reference: z.string().regex(/^[A-Z]+-\d+$/, 'a reference such as INST-1'),
  version: z.string(),
  sector: kebab,
  goals: z.array(z.int().min(1).max(17)),
  targets: z.array(z.string()),
  title: text,
  summary: text,
  steps: z.array(step).min(1),
});
export type PublishedUseCase = z.infer<typeof useCase>;

const texts = z.record(z.string(), text);

export const publishedUseCasesSchema = z
  .strictObject({
    sectors: texts,
    goals: texts,
    targets: texts,
    blocks: texts,
    workflows: texts,
    steps: texts,
    useCases: z.array(useCase),
  })
  .superRefine((published, context) => {
    for (const { reference, sector, targets, steps } of published.useCases) {
      const unknown = [
        ...(sector in published.sectors ? [] : [`sector ${sector}`]),
        ...targets.filter((target) => !(target in published.targets)).map((target) => `target ${target}`),
        ...steps.filter(({ step: id }) => !(id in published.steps)).map(({ step: id }) => `step ${id}`),
        ...steps.flatMap(({ workflows }) =>
          workflows.filter((id) => !(id in published.workflows)).map((id) => `workflow ${id}`),
        ),
      ];
      for (const name of unknown)
        context.addIssue({ code: 'custom', message: `${reference} names the unknown ${name}` });
    }
  });
export type PublishedUseCases = z.infer<typeof publishedUseCasesSchema>;
