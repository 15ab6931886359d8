import type { Json } from '../../../contracts/json.js';
import { rightFor } from '../access.js';
import type { DirectoryService } from '../directory-service.js';
import { parseApplication } from '../member-path.js';
import { endpointsOf, type Endpoint } from '../service-description.js';
import { callerOf, providerOf, single } from './provider.js';
import type { CreateOperation, MediatorPorts } from './state.js';

/** GET .../listMethods: all services of an application with their endpoints. */
export const createListMethods: CreateOperation = (ports) => (context) => {
  callerOf(context);
  return Promise.resolve({
    status: 200,
    body: methods(ports, providerOf(ports.directory, context), single(context.query.serviceId), () => true),
    rule: 'listed',
  });
};

/** GET .../allowedMethods: only what the caller has an access right for (a consent may still be asked at each call). */
export const createAllowedMethods: CreateOperation = (ports) => (context) => {
  const client = callerOf(context);
  const allowed = (service: DirectoryService, { operationId }: Endpoint): boolean =>
    rightFor(service, client, operationId) !== undefined;
  return Promise.resolve({
    status: 200,
    body: methods(ports, providerOf(ports.directory, context), single(context.query.serviceId), allowed),
    rule: 'listed',
  });
};

function methods(
  { directory, openapiOf }: MediatorPorts,
  provider: string,
  code: string | undefined,
  wanted: (service: DirectoryService, endpoint: Endpoint) => boolean,
): Json {
  const member = directory
    .servicesOf(provider)
    .filter((service) => code === undefined || service.code === code)
    .flatMap((service) => {
      const document = openapiOf(service.block);
      const endpoints = (document ? endpointsOf(service, document) : []).filter((one) =>
        wanted(service, one),
      );
      const name = parseApplication(provider);
      if (endpoints.length === 0 || name === undefined) return [];
      // Operations that differ by a query value are one endpoint.
      const distinct = new Map(endpoints.map(({ method, path }) => [`${method} ${path}`, { method, path }]));
      return [
        {
          objectType: 'SERVICE',
          serviceType: 'OPENAPI',
          ...name,
          serviceCode: service.code,
          endpointList: { member: [...distinct.values()] },
        },
      ];
    });
  return { member };
}
