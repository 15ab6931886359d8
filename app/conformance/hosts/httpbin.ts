import { basicOf } from './credentials.js';
import type { HostHandler } from './test-host.js';

/** httpbin.org as far as the kit calls it: `/basic-auth/{user}/{password}` answers whoever presents just these. */
export const httpbin: HostHandler = (request) => {
  const [, user, password] = /^\/basic-auth\/([^/]+)\/([^/]+)$/.exec(request.path) ?? [];
  if (user === undefined || password === undefined) return { status: 404, body: { error: 'not found' } };
  const given = basicOf(request);
  if (given?.user !== user || given.password !== password)
    return { status: 401, headers: { 'www-authenticate': 'Basic realm="training"' }, text: '' };
  return { status: 200, body: { authenticated: true, user } };
};
