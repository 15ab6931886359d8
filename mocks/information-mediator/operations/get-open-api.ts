import { didYouMean } from '../../../contracts/near-misses.js';
import { SandboxError } from '../../../contracts/problems.js';
import { describeService } from '../service-description.js';
import { callerOf, olderProviderOf, providerOf, single } from './provider.js';
import type { CreateOperation, MediatorContext, MediatorPorts } from './state.js';

/** GET .../getOpenAPI?serviceCode=: the service's document, as text, the way the published contract declares it. */
export const createGetOpenApi: CreateOperation = (ports) => (context) => {
  callerOf(context);
  return described(ports, context, providerOf(ports.directory, context));
};

/** The same without `/r1`, whoever asks. */
export const createGetOpenApiOlder: CreateOperation = (ports) => (context) =>
  described(ports, context, olderProviderOf(ports.directory, context));

function described(
  { directory, openapiOf, baseUrlOf }: MediatorPorts,
  context: MediatorContext,
  provider: string,
): ReturnType<ReturnType<CreateOperation>> {
  const code = single(context.query.serviceCode) ?? '';
  const service = directory.service(`${provider}/${code}`);
  const document = service && openapiOf(service.block);
  if (!document) {
    throw new SandboxError('GSB-REQ-001', {
      detail: `serviceCode: ${provider} has no such service${didYouMean(
        code,
        directory.servicesOf(provider).map((one) => one.code),
      )}`,
    });
  }
  const description = describeService(service, document, `${baseUrlOf(context.workspace)}/r1/${service.id}`);
  return Promise.resolve({
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(description),
    rule: 'described',
  });
}
