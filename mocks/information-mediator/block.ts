import type { Block, BlockDeps } from '../../contracts/block.js';
import type { OperationAnswer, Refusal } from '../kit/block-definition.js';
import { createContractBlock } from '../kit/contract-block.js';
import { loadOpenApi } from '../kit/load-openapi.js';
import { refusalSentence } from '../kit/refusals.js';
import { createCheckImConf } from './operations/check-im-conf.js';
import { createGetAllowed } from './operations/get-allowed.js';
import { createGetOpenApi } from './operations/get-open-api.js';
import { createListClients } from './operations/list-clients.js';
import { createListImConf } from './operations/list-im-conf.js';
import { createAllowedMethods, createListMethods } from './operations/list-methods.js';
import type { MediatorPorts } from './operations/state.js';
import { BRIDGE, createBridge } from './pubsub/bridge.js';
import { pubSubOperations } from './pubsub/operations.js';
import { openPubSubState, type PubSubState } from './pubsub/state.js';

/**
 * The information mediator's own interface: directory services in the published shape, with and without the `/r1`
 * prefix, the reading part of its configuration, and the rooms where events are published (PubSub). Relaying is
 * `createMediator`.
 */
export function createInformationMediatorBlock(deps: BlockDeps, ports: MediatorPorts): Block {
  const listMethods = createListMethods(ports);
  const allowedMethods = createAllowedMethods(ports);
  const getOpenApi = createGetOpenApi(ports);
  const listClients = createListClients(ports);
  return createContractBlock<PubSubState>(
    {
      id: 'information-mediator',
      title: 'Information mediator',
      openapi: loadOpenApi(import.meta.url, './openapi.yaml'),
      state: openPubSubState,
      operations: {
        listClients,
        listClientsPrefixed: listClients,
        listMethods,
        listMethodsUnprefixed: listMethods,
        allowedMethods,
        allowedMethodsUnprefixed: allowedMethods,
        getOpenAPI: getOpenApi,
        getOpenAPIUnprefixed: getOpenApi,
        listIMconf: createListImConf(ports),
        checkIMconf: createCheckImConf(ports),
        getAllowed: createGetAllowed(ports),
        ...pubSubOperations(ports),
      },
      jobs: { [BRIDGE]: createBridge(ports) },
      concurrentJobs: [BRIDGE],
      seed: () => Promise.resolve(),
      refusal,
    },
    deps,
  );
}

/** The official documents declare no shape for errors; the compliance suite reads a JSON string. */
function refusal(reason: Refusal): OperationAnswer {
  const status = reason.status === 404 && reason.operationId !== undefined ? 400 : reason.status;
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: refusalSentence(reason),
    rule: reason.rule,
  };
}
