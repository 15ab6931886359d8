import type { Block, BlockDeps } from '../../contracts/block.js';
import { createDirectoryOf, type DirectoryOf } from './configuration/workspace-directory.js';
import type { OperationAnswer, Refusal } from '../kit/block-definition.js';
import { createContractBlock } from '../kit/contract-block.js';
import { loadOpenApi } from '../kit/load-openapi.js';
import { refusalSentence } from '../kit/refusals.js';
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
import { createChangeRights } from './operations/change-rights.js';
import { createWriteImConf } from './operations/write-im-conf.js';
import type { CreateOperation, MediatorOperation, MediatorPorts } from './operations/state.js';
import { BRIDGE, createBridge } from './pubsub/bridge.js';
import { pubSubOperations } from './pubsub/operations.js';
import { informationMediatorRules } from './rules.js';
import { openPubSubState, type PubSubState } from './pubsub/state.js';
import { seedRooms } from './seed.js';

/**
 * The information mediator's own interface: directory services in the published shape, and without the `/r1`
 * prefix in the older one, its configuration, and the rooms where events are published (PubSub). Relaying is
 * `createMediator`.
 */
export function createInformationMediatorBlock(
  deps: BlockDeps,
  ports: MediatorPorts & {
    /** What the relay decides by: the configured directory with the changes of access rights; without any when absent. */
    readonly directoryOf?: DirectoryOf;
  },
): Block {
  const configuredOf = createDirectoryOf({ documents: deps.documents, directory: ports.directory });
  const withDirectory =
    (directoryOf: DirectoryOf) =>
    (create: CreateOperation): MediatorOperation =>
    async (context) =>
      create({ ...ports, directory: await directoryOf(context.workspace) })(context);
  /** Each request sees the directory as its workspace has it now. */
  const current = withDirectory(ports.directoryOf ?? configuredOf);
  /** Who configures goes on from what is configured: changes of access rights stay apart, on top of it. */
  const configuring = withDirectory(configuredOf);
  const listClients = current(createListClients);
  return createContractBlock<PubSubState>(
    {
      id: 'information-mediator',
      title: 'Information mediator',
      openapi: loadOpenApi(import.meta.url, './openapi.yaml'),
      rules: informationMediatorRules,
      state: openPubSubState,
      operations: {
        listClients,
        listClientsPrefixed: listClients,
        listMethods: current(createListMethods),
        listMethodsUnprefixed: current(createListMethodsOlder),
        allowedMethods: current(createAllowedMethods),
        allowedMethodsUnprefixed: current(createAllowedMethodsOlder),
        getOpenAPI: current(createGetOpenApi),
        getOpenAPIUnprefixed: current(createGetOpenApiOlder),
        listIMconf: current(createListImConf),
        checkIMconf: current(createCheckImConf),
        getAllowed: current(createGetAllowed),
        createIMconf: configuring(createWriteImConf('create', ports.directory)),
        replaceIMconf: configuring(createWriteImConf('replace', ports.directory)),
        updateIMconf: configuring(createWriteImConf('update', ports.directory)),
        setAllowed: configuring(createChangeRights('allow')),
        setDenied: configuring(createChangeRights('deny')),
        ...Object.fromEntries(
          Object.entries(pubSubOperations).map(([name, create]) => [name, current(create)]),
        ),
      },
      jobs: { [BRIDGE]: createBridge(ports) },
      concurrentJobs: [BRIDGE],
      seed: seedRooms,
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
