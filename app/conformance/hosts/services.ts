import { authorizationServer } from './authorization-server.js';
import { basicOf, bearerOf, digestHolds } from './credentials.js';
import { registerDocuments } from './register-documents.js';
import type { HostAnswer, HostHandler, HostRequest } from './test-host.js';

/**
 * `https://services.example`: what scenarios of our own call. It shows what arrived (`/echo`), asks for credentials in
 * each scheme, fails on demand, issues tokens, and describes a small register in three OpenAPI dialects.
 */
export function createServices(): { readonly handle: HostHandler; readonly forget: () => void } {
  const authorization = authorizationServer();
  return {
    handle: (request) =>
      authorization.handle(request) ?? documentsAt(request) ?? routeOf(request) ?? missing(request),
    forget: authorization.forget,
  };
}

function documentsAt({ path }: HostRequest): HostAnswer | undefined {
  const document = registerDocuments[path];
  return document === undefined ? undefined : { status: 200, body: document };
}

function routeOf(request: HostRequest): HostAnswer | undefined {
  const [, first = '', second = ''] = request.path.split('/');
  switch (first) {
    case 'echo':
      return echo(request);
    case 'register':
      return second === 'moved' ? redirect : echo(request);
    case 'text':
      return { status: 200, text: 'plain words' };
    case 'nothing':
      return { status: 204 };
    case 'status':
      return { status: Number(second), body: { status: Number(second) } };
    case 'redirect':
      return redirect;
    case 'flaky':
      return request.earlier < Number(second)
        ? { status: 503, body: { attempts: request.earlier + 1 } }
        : { status: 200, body: { attempts: request.earlier + 1 } };
    case 'basic':
      return basic(request);
    case 'bearer':
      return bearerOf(request) === 'training-token' ? echo(request) : unauthorized('Bearer realm="training"');
    case 'digest':
      return digest(request);
    case 'guarded':
      return request.path === '/guarded/openapi.json' && isKnown(request)
        ? { status: 200, body: registerDocuments['/openapi/3.0.json'] ?? null }
        : unauthorized('Basic realm="training"');
    default:
      return undefined;
  }
}

const redirect: HostAnswer = {
  status: 302,
  headers: { location: '/echo/redirected' },
  body: { moved: true },
};

/** What arrived, as the answer. */
function echo({ method, path, query, headers, body }: HostRequest): HostAnswer {
  const json = (headers['content-type'] ?? '').includes('json') && body !== '';
  return {
    status: 200,
    headers: { 'x-answered-by': 'services' },
    body: {
      method,
      path,
      query: Object.fromEntries(
        [...new Set(query.keys())].map((name) => {
          const values = query.getAll(name);
          return [name, values.length === 1 ? (values[0] ?? '') : values];
        }),
      ),
      headers: { ...headers },
      body: json ? (JSON.parse(body) as never) : body === '' ? null : body,
    },
  };
}

const known = { user: 'reader', password: 'training' } as const;

function isKnown(request: HostRequest): boolean {
  const given = basicOf(request);
  return given?.user === known.user && given.password === known.password;
}

function basic(request: HostRequest): HostAnswer {
  return isKnown(request) ? echo(request) : unauthorized('Basic realm="training"');
}

const NONCE = '6f1c2b9a';

function digest(request: HostRequest): HostAnswer {
  return digestHolds(request, { ...known, realm: 'training', nonce: NONCE })
    ? echo(request)
    : unauthorized(`Digest realm="training", qop="auth", algorithm=MD5, nonce="${NONCE}"`);
}

function unauthorized(challenge: string): HostAnswer {
  return { status: 401, headers: { 'www-authenticate': challenge }, body: { error: 'who are you?' } };
}

function missing({ method, path }: HostRequest): HostAnswer {
  return { status: 404, body: { error: `there is no ${method} ${path}` } };
}
