import { blockIds } from '../../contracts/block.js';
import { contradictions } from './contradictions/contradictions.js';
import { disagreements } from './contradictions/disagreements.js';
import { notYetServed, servedElsewhere } from './contradictions/not-yet.js';
import { brokenExamples, officialRepairs } from './contradictions/repairs.js';
import { code, page, table } from './markdown.js';

/** Where official documents contradict themselves, each other or their suites, and what the blocks answer then. */
export function contradictionsPage(): string {
  return page('Known contradictions', '`app/docs/contradictions/`', [
    'The blocks answer what the official documents declare. Where a document contradicts itself, its examples, another document or the official suite, one of them must be chosen: this page says which, and why. A test sends requests to every operation and holds each answer against every official document; it fails for a contradiction that is not listed here, and for one that is listed and no longer there.',
    'In all blocks, what no document declares: a write may carry an `Idempotency-Key`, and the same key with another request is answered 422. The header `X-Sandbox-Rule` of every answer names the rule that decided.',
    '## Answers that do not fit a document',
    ...contradictions.flatMap(({ documents, operations, statuses, what, why }) => [
      `### ${statuses.join(', ')}: ${what.replaceAll('*', '\\*')}`,
      why,
      [...documents.map(fileOf), ...(operations ?? []).map((operation) => code(operation))]
        .map((line) => `- ${line}`)
        .join('\n'),
    ]),
    '## Sources that disagree',
    table(
      ['Block', 'One says', 'Another says', 'Answered is'],
      [...disagreements]
        .sort((a, b) => blockIds.indexOf(a.block) - blockIds.indexOf(b.block))
        .map(({ block, one, other, answered }) => [block, one, other, answered]),
    ),
    '## Documents that are broken',
    table(
      ['Defect', 'Documents', 'How it is read'],
      officialRepairs.map(({ defect, documents, readAs }) => [
        defect,
        documents.map(fileOf).join(', '),
        readAs,
      ]),
    ),
    '## Examples that their own document refuses',
    'The schema counts, not the example.',
    brokenExamples
      .map(({ document, examples }) => `- ${fileOf(document)}: ${examples.map(code).join(', ')}`)
      .join('\n'),
    '## Official paths that another operation answers',
    table(
      ['Official', 'Ours', 'Why'],
      servedElsewhere.map(({ operation, operationId, why }) => [code(operation), code(operationId), why]),
    ),
    ...(notYetServed.length === 0
      ? []
      : [
          '## Not served yet',
          table(
            ['Block', 'Document', 'Operations'],
            notYetServed.map(({ block, document, operations }) => [
              block,
              fileOf(document),
              operations.map(code).join(', '),
            ]),
          ),
        ]),
  ]);
}

const fileOf = (place: string): string => code(place);
