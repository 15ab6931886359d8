import type { UseCaseManifest } from '../../../contracts/use-case.js';
import { known } from './functions.js';
import type { Part, ReadFolder } from './read-folder.js';

/** A presentation before an audience sees it: a scenario with enough steps, a case that it saves, services that exist. */
export function lintPresentation(folder: ReadFolder, manifest: Part<UseCaseManifest>): void {
  if (folder.presentation === undefined) return;
  const { value, report } = folder.presentation;
  known('scenario', value.scenario, folder.scenarioNames, ['scenario'], report);
  const scenario = folder.scenarios.find(({ name }) => name === value.scenario)?.value;
  if (scenario !== undefined) {
    const saved = scenario.steps.flatMap((step) => (step.do === 'open' ? [step.save] : []));
    known('saved case', value.case, saved, ['case'], report);
    let played = 0;
    for (const [index, { slides }] of value.chapters.entries())
      for (const [at, { play, case: shown }] of slides.entries()) {
        played += play;
        if (shown !== undefined)
          known('saved case', shown, saved, ['chapters', index, 'slides', at, 'case'], report);
        if (played > scenario.steps.length)
          report.add('scenario-step', ['chapters', index, 'slides', at, 'play'], {
            what: `The slides play ${played} steps up to here, and ${value.scenario} has ${scenario.steps.length}`,
            instead: 'Play fewer steps.',
          });
      }
  }
  const services = Object.keys(manifest.value.services);
  for (const [index, rule] of value.savings.entries())
    for (const [at, service] of rule.services.entries())
      known('service', service, services, ['savings', index, 'services', at], report);
}
