/** What the command line needs of the project's own rooms; it imports nothing else of them. */
export { loadUseCases, readUseCase } from './read-use-cases.js';
export type { UseCase } from '../orchestrator/definition/load-use-case.js';
export { loadWorkflow } from '../orchestrator/definition/load-workflow.js';
export { createPasswordTokens } from '../orchestrator/identity/machine-tokens.js';
export { withSecretStore } from './secret-store.js';
