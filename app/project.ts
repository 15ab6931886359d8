/** What the command line needs of the project's own rooms; it imports nothing else of them. */
export { reuseOf } from '../orchestrator/definition/reuse.js';
export type { Reuse } from '../contracts/reuse.js';
export { readCountries } from './read-countries.js';
export { loadUseCases, readSharedParts, readTree, readUseCases } from './read-use-cases.js';
export type { UseCase } from '../orchestrator/definition/load-use-case.js';
export { createCoverage, type Coverage, type CoverageCount } from './coverage/coverage.js';
export { createValidator } from './validation/validation.js';
export type { Validation } from '../contracts/diagnostic.js';
export { createPasswordTokens, createServiceToken } from '../orchestrator/identity/machine-tokens.js';
export { findProvider, signInByDevice, usernameOf } from '../orchestrator/identity/device-flow.js';
export { requestTokens } from '../orchestrator/identity/token-endpoint.js';
export { isLoopback } from '../infra/identity/embedded/refuse-unsafe.js';
export { readMemberKey } from './member-key.js';
export { withSecretStore } from './secret-store.js';
export { verifyExport } from '../mocks/information-mediator/exported-log.js';
export type { Verification as LogVerification } from '../mocks/information-mediator/verify-log.js';
export { backUp, migrateTo, restore } from './backup/backup.js';
