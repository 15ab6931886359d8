import { put } from '../../kit/effects.js';
import { CHANGES, CONFIGURATION, noChanges, type ConfigurationDoc } from '../configuration/changes.js';
import { mergeConfiguration, type GivenConfiguration } from '../configuration/read-configuration.js';
import type { Directory } from '../directory.js';
import type { CreateOperation } from './state.js';

/**
 * POST, PUT and PATCH /api/v1/config (Configuration Management API 1.0.1). What is given is added or changed; PUT leaves
 * nothing else. The instance exists already, so that creating it means the same as updating. Services that no use case
 * declares are listed, and not connected to anything: a binding needs a building block of this sandbox.
 */
export function createWriteImConf(
  how: 'create' | 'replace' | 'update',
  declared: Directory,
): CreateOperation {
  return (ports) => async (context) => {
    const given = context.body as unknown as GivenConfiguration;
    const stored = (await context.state.configuration.get(CHANGES))?.doc ?? noChanges;
    const before = how === 'replace' ? noChanges : stored;
    const { changes, services } = mergeConfiguration(before, given, { declared, current: ports.directory });
    const doc: ConfigurationDoc =
      how === 'replace' || changes.kept !== undefined
        ? { ...changes, kept: [...new Set([...(changes.kept ?? []), ...services])] }
        : changes;
    return {
      status: 201,
      rule: how === 'replace' ? 'replaced' : 'updated',
      body: `Configured: ${services.length} services given (training)`,
      effects: [put(CONFIGURATION, doc)],
    };
  };
}
