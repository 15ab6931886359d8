import { SandboxError } from '../../../contracts/problems.js';
import { describeService } from '../service-description.js';
import { callerOf, providerOf, single } from './provider.js';
import type { CreateOperation } from './state.js';

/** GET .../getOpenAPI?serviceCode=: the service's document, as text, the way the published contract declares it. */
export const createGetOpenApi: CreateOperation =
  ({ directory, openapiOf, baseUrlOf }) =>
  (context) => {
    callerOf(context);
    const provider = providerOf(directory, context);
    const code = single(context.query.serviceCode) ?? '';
    const service = directory.service(`${provider}/${code}`);
    const document = service && openapiOf(service.block);
    if (!document) {
      throw new SandboxError('GSB-REQ-001', { detail: `serviceCode: ${provider} has no such service` });
    }
    const description = describeService(
      service,
      document,
      `${baseUrlOf(context.workspace)}/r1/${service.id}`,
    );
    return Promise.resolve({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(description),
      rule: 'described',
    });
  };
