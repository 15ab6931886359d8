import type { Block, BlockDeps } from '../../contracts/block.js';
import type { OperationAnswer, Refusal } from '../kit/block-definition.js';
import { createContractBlock } from '../kit/contract-block.js';
import { loadOpenApi } from '../kit/load-openapi.js';
import { refusalSentence } from '../kit/refusals.js';
import { collections } from './collections.js';
import { createCheckImConf } from './operations/check-im-conf.js';
import { createGetAllowed } from './operations/get-allowed.js';
import { createGetOpenApi, createGetOpenApiOlder } from './operations/get-open-api.js';
import { createListClients } from './operations/list-clients.js';
import { createListImConf } from './operations/list-im-conf.js';
import {
  createAllowedMethods,
  createAllowedMethodsOlder,
  createListMethods,
  createListMethodsOlder,
} from './operations/list-methods.js';
import type { MediatorPorts } from './operations/state.js';
import { BRIDGE, createBridge } from './pubsub/bridge.js';
import { pubSubOperations } from './pubsub/operations.js';
import { openPubSubState, type PubSubState } from './pubsub/state.js';

/**
 * The information mediator's own interface: directory services in the published shape, and without the `/r1`
 * prefix in the older one, the reading part of its configuration, and the rooms where events are published (PubSub). Relaying is
 * `createMediator`.
 */
export function createInformationMediatorBlock(deps: BlockDeps, ports: MediatorPorts): Block {
  const listClients = createListClients(ports);
  return createContractBlock<PubSubState>(
    {
      id: 'information-mediator',
      title: 'Information mediator',
      openapi: loadOpenApi(import.meta.url, './openapi.yaml'),
      state: openPubSubState,
      collections,
      operations: {
        listClients,
        listClientsPrefixed: listClients,
        listMethods: createListMethods(ports),
        listMethodsUnprefixed: createListMethodsOlder(ports),
        allowedMethods: createAllowedMethods(ports),
        allowedMethodsUnprefixed: createAllowedMethodsOlder(ports),
        getOpenAPI: createGetOpenApi(ports),
        getOpenAPIUnprefixed: createGetOpenApiOlder(ports),
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
