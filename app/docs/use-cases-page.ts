import { scenarioSchema } from '../../contracts/scenario.js';
import type { LawfulBasis, UseCaseManifest } from '../../contracts/use-case.js';
import type { UseCase } from '../../orchestrator/definition/load-use-case.js';
import { code, page, table } from './markdown.js';

/** What can be run here, from the manifests. */
export function useCasesPage(useCases: readonly UseCase[]): string {
  return page('Use cases', '`usecases/*/use-case.yaml`', [
    'Training only: the people are invented, the money is not real.',
    ...useCases.flatMap(sectionOf),
  ]);
}

function sectionOf({ manifest, personas, scenarios, workflows }: UseCase): string[] {
  const { id, reference, title, summary, sdgs, steps, cases, services, defaultScenario } = manifest;
  return [
    `## ${title}`,
    `${code(id)}, after the published use case ${reference}; Sustainable Development Goals ${sdgs.join(', ')}. [Its own page](../../usecases/${id}/README.md).`,
    summary.trim(),
    '### Steps',
    table(
      ['Step', 'Building blocks', 'Workflows'],
      steps.map((step, index) => [
        `${index + 1} ${step.title}`,
        step.blocks.join(', '),
        step.workflows.map(code).join(', '),
      ]),
    ),
    '### Cases',
    table(
      ['Kind', 'Numbers', 'Opened by', 'Begins as', 'Ends as'],
      Object.entries(cases).map(([kind, { numberPrefix, startedBy, states }]) => [
        code(kind),
        `${numberPrefix}-…`,
        startedBy.length === 0 ? 'other cases' : startedBy.join(', '),
        states.initial,
        states.final.join(', '),
      ]),
    ),
    '### Services of the mediator',
    table(
      ['Service', 'Member', 'Block', 'Lawful basis'],
      Object.entries(services).map(([alias, service]) => [
        code(alias),
        service.provider,
        service.block,
        basesOf(service),
      ]),
    ),
    '### People',
    table(
      ['Sign in as', 'Who', 'Roles'],
      personas.map((persona) => [
        code(persona.id),
        `${persona.name}, ${persona.title}`,
        persona.roles.join(', '),
      ]),
    ),
    '### Scenarios',
    table(
      ['Scenario', 'What happens'],
      Object.values(scenarios).map((given) => {
        const scenario = scenarioSchema.parse(given);
        const name =
          scenario.name === defaultScenario ? `${code(scenario.name)} (the demo)` : code(scenario.name);
        return [name, `${scenario.title}. ${scenario.summary.trim()}`];
      }),
    ),
    '### Workflows',
    table(
      ['Workflow', 'Version', 'What it does'],
      workflows.map(({ document }) => [code(document.name), document.version, (document.title ?? '').trim()]),
    ),
  ];
}

function basesOf({ access }: UseCaseManifest['services'][string]): string {
  return [...new Set(access.map(({ basis }) => basisText(basis)))].join('; ');
}

function basisText(basis: LawfulBasis): string {
  switch (basis.kind) {
    case 'consent':
      return `consent under ${code(basis.agreement)}`;
    case 'public-task':
      return basis.reference;
    case 'not-personal':
      return 'not personal';
  }
}
