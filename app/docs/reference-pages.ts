import { fileURLToPath } from 'node:url';
import { readFeatures } from '../conformance/run-features.js';
import { projectFile } from '../project-file.js';
import { loadUseCases } from '../read-use-cases.js';
import { blockPages } from './blocks/block-pages.js';
import { contradictionsPage } from './contradictions-page.js';
import { diagnosticsPage } from './diagnostics-page.js';
import { errorsPage } from './errors-page.js';
import { expressionsPage } from './expressions-page.js';
import { magicValuesPage } from './magic-values-page.js';
import { metricsPage } from './metrics-page.js';
import { permissionsPage } from './permissions-page.js';
import { useCasesPage } from './use-cases-page.js';
import { workflowLanguagePage } from './workflow-language-page.js';

const ownFeatures = fileURLToPath(projectFile('test/conformance/'));

/**
 * The pages of `docs/reference/` that follow from the code, by file name. A test compares them with the committed ones.
 * That of the command line is made where the command line is: nothing here may know it.
 */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  const useCases = await loadUseCases();
  return new Map([
    ...(await blockPages(useCases)),
    ['errors.md', errorsPage()],
    ['expressions.md', await expressionsPage()],
    ['diagnostics.md', diagnosticsPage()],
    ['metrics.md', metricsPage()],
    ['permissions.md', permissionsPage()],
    ['magic-values.md', magicValuesPage()],
    ['contradictions.md', contradictionsPage()],
    ['use-cases.md', useCasesPage(useCases)],
    ['workflow-language.md', workflowLanguagePage(await readFeatures(ownFeatures))],
  ]);
}
