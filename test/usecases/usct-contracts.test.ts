import { describe, expect, it } from '@jest/globals';

import type { JsonObject } from '../../contracts/json.js';
import { manifest, operationsOf } from './block-contracts.js';
import { tasksOf, workflows } from './use-case-files.js';

/** Each call of a building block against that block's own OpenAPI document: operation, parameters, body or none. */
const calls = workflows().flatMap((document) =>
  tasksOf(document.do, '/do').flatMap(({ name, task }) => {
    if (!('call' in task) || task.call !== 'openapi') return [];
    const { endpoint } = (task.with as { document: { endpoint: string } }).document;
    // A part is told which registry it calls; what it calls it with is the same for each.
    const known = endpoint.includes('${') ? 'govstack://beneficiary-registry/openapi.json' : endpoint;
    const asked = task.metadata?.sandbox?.unclear?.ask;
    const given = task.with as {
      document: { endpoint: string };
      operationId: string;
      parameters?: JsonObject;
    };
    const question = asked === undefined ? [] : [{ ...given, ...asked }];
    return [given, ...question].map((one) => ({
      place: `${document.document.name} ${name} ${one.operationId}`,
      ...one,
      document: { endpoint: known },
    }));
  }),
);

/** The mediator says who calls; a workflow does not. */
const setByMediator = new Set(['Information-Mediator-Client', 'X-GovStack-Client']);

describe('the calls of the cash transfer', () => {
  it.each(calls.map((call) => [call.place, call] as const))(
    '%s is in the contract of its block',
    (_place, { document, operationId, parameters = {} }) => {
      const service = manifest.services[document.endpoint.split('/')[2] ?? ''];
      const operations = operationsOf(service?.block ?? '');
      if (operations === undefined) return;
      const operation = operations.get(operationId);
      expect([operationId, operation === undefined]).toEqual([operationId, false]);
      const { body, ...named } = parameters;
      expect(body !== undefined).toBe(operation?.bodySchema !== undefined);
      const declared = operation?.parameters ?? new Map<string, { in: string; required: boolean }>();
      expect(Object.keys(named).filter((name) => !declared.has(name) && name !== 'X-Sandbox-Fields')).toEqual(
        [],
      );
      const missing = [...declared].filter(
        ([name, { required }]) =>
          required &&
          named[name] === undefined &&
          service?.fixed?.[name] === undefined &&
          !setByMediator.has(name),
      );
      expect(missing.map(([name]) => name)).toEqual([]);
    },
  );
});
