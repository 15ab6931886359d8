import type { Json, JsonObject } from '../../../contracts/json.js';
import type { OperationAnswer } from '../../kit/block-definition.js';
import { rightFor } from '../access.js';
import type { DirectoryService } from '../directory-service.js';
import { parseApplication, type ApplicationName } from '../member-path.js';
import { endpointsOf, type Endpoint } from '../service-description.js';
import { callerOf, olderCallerOf, olderProviderOf, providerOf, single } from './provider.js';
import type { CreateOperation, MediatorContext, MediatorPorts } from './state.js';

/** GET .../listMethods: all services of an application with their endpoints. */
export const createListMethods: CreateOperation = (ports) => async (context) => {
  callerOf(context);
  const code = single(context.query.serviceId);
  const provider = providerOf(ports.directory, context);
  return listed((await methods(ports, context, provider, code, () => true)).map(inPublishedShape));
};

/** GET .../allowedMethods: only what the caller has an access right for (a consent may still be asked at each call). */
export const createAllowedMethods: CreateOperation = (ports) => async (context) => {
  const allowed = allowedTo(callerOf(context));
  const code = single(context.query.serviceId);
  const provider = providerOf(ports.directory, context);
  return listed((await methods(ports, context, provider, code, allowed)).map(inPublishedShape));
};

/** The same without `/r1`, in the shape of the older document; its callers may name themselves as they like. */
export const createListMethodsOlder: CreateOperation = (ports) => async (context) => {
  const code = single(context.query.serviceId);
  const provider = olderProviderOf(ports.directory, context);
  return listed((await methods(ports, context, provider, code, () => true)).map(inOlderShape));
};

/** Whoever does not name an application has no rights. */
export const createAllowedMethodsOlder: CreateOperation = (ports) => async (context) => {
  const client = olderCallerOf(context);
  const allowed = client === undefined ? (): boolean => false : allowedTo(client);
  const code = single(context.query.serviceId);
  const provider = olderProviderOf(ports.directory, context);
  return listed((await methods(ports, context, provider, code, allowed)).map(inOlderShape));
};

interface ServiceMethods {
  readonly name: ApplicationName;
  readonly code: string;
  readonly endpoints: readonly JsonObject[];
}

type Wanted = (service: DirectoryService, endpoint: Endpoint) => boolean;

function allowedTo(client: string): Wanted {
  return (service, { operationId }) => rightFor(service, client, operationId) !== undefined;
}

function listed(member: readonly Json[]): OperationAnswer {
  return { status: 200, body: { member }, rule: 'listed' };
}

async function methods(
  { directoryOf, openapiOf }: MediatorPorts,
  { workspace }: MediatorContext,
  provider: string,
  code: string | undefined,
  wanted: Wanted,
): Promise<readonly ServiceMethods[]> {
  const name = parseApplication(provider);
  if (name === undefined) return [];
  return (await directoryOf(workspace))
    .servicesOf(provider)
    .filter((service) => code === undefined || service.code === code)
    .flatMap((service) => {
      const document = openapiOf(service.block);
      const endpoints = (document ? endpointsOf(service, document) : []).filter((one) =>
        wanted(service, one),
      );
      if (endpoints.length === 0) return [];
      // Operations that differ by a query value are one endpoint.
      const distinct = new Map(endpoints.map(({ method, path }) => [`${method} ${path}`, { method, path }]));
      return [{ name, code: service.code, endpoints: [...distinct.values()] }];
    });
}

function inPublishedShape({ name, code, endpoints }: ServiceMethods): JsonObject {
  return {
    objectType: 'SERVICE',
    serviceType: 'OPENAPI',
    ...name,
    serviceCode: code,
    endpointList: { member: endpoints },
  };
}

function inOlderShape({ name, code, endpoints }: ServiceMethods): JsonObject {
  const { instanceId, ...rest } = name;
  return {
    objectType: { object_type: 'SERVICE' },
    serviceType: 'OPENAPI',
    GovStackInstance: instanceId,
    ...rest,
    serviceCode: code,
    endpointList: { member: endpoints },
  };
}
