import { SandboxError } from '../../../contracts/problems.js';
import type { JsonObject } from '../../../contracts/json.js';
import { clientsOf } from '../access.js';
import { parseApplication } from '../member-path.js';
import { single } from './provider.js';
import type { CreateOperation, MediatorContext } from './state.js';

interface Listed {
  readonly service: JsonObject;
  readonly rights: JsonObject[];
}

/**
 * GET /api/v1/rights/allow: the access rights, filtered by provider. A page counts pairs of service and allowed
 * application, so one service may go on on the next page (Configuration Management API, getAllowed).
 */
export const createGetAllowed: CreateOperation =
  ({ directory }) =>
  (context) => {
    const pairs = directory.services().flatMap((offered) => {
      const { provider, code } = offered;
      const name = parseApplication(provider);
      if (!name) return [];
      const service = {
        memberClass: name.memberClass,
        memberCode: name.memberCode,
        applicationId: name.applicationCode,
        serviceId: code,
      };
      const wanted = Object.entries(service).every(([filter, value]) => {
        const asked = single(context.query[filter]);
        return asked === undefined || asked === value;
      });
      if (!wanted) return [];
      return clientsOf(offered).map((client) => ({ service, client }));
    });
    const { offset, size } = pageOf(context);
    const page = pairs.slice(offset, offset + size);
    const allowList = new Map<string, Listed>();
    for (const { service, client } of page) {
      const key = Object.values(service).join('/');
      const entry: Listed = allowList.get(key) ?? { service, rights: [] };
      const caller = parseApplication(client);
      if (caller) {
        const { memberClass, memberCode, applicationCode } = caller;
        entry.rights.push({ memberClass, memberCode, applicationId: applicationCode });
      }
      allowList.set(key, entry);
    }
    const next = offset + size < pairs.length ? { nextPageToken: tokenOf(offset + size) } : {};
    const body = {
      allowList: [...allowList.values()].map(({ service, rights }) => ({ ...service, rights })),
      ...next,
    };
    return Promise.resolve({ status: 200, body, rule: 'listed' });
  };

function pageOf({ query }: MediatorContext): { offset: number; size: number } {
  const token = single(query.nextPageToken);
  const offset = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString('utf8').slice(1));
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new SandboxError('GSB-REQ-001', { detail: 'nextPageToken: not a token of this list' });
  }
  return { offset, size: Number(single(query.pageSize) ?? 100) };
}

function tokenOf(offset: number): string {
  return Buffer.from(`@${offset}`).toString('base64url');
}
