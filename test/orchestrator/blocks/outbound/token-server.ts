import { json, serve, type LocalServer, type Received } from './local-server.js';

export interface TokenServerOptions {
  /** Instead of a fresh token. */
  readonly answer?: (parameters: URLSearchParams, request: Received) => object;
  readonly status?: number;
  readonly issuer?: string;
  /** What the protected part takes; any token of this server unless told. */
  readonly accepts?: (token: string) => boolean;
}

export interface TokenServer extends LocalServer {
  /** The parameters of each token request. */
  readonly asked: URLSearchParams[];
  /** How often the protected part was asked, and with what. */
  readonly shown: string[];
}

/** An authorization server and, below /protected, a system that takes its tokens: token-1, token-2 ... */
export async function tokenServer(options: TokenServerOptions = {}): Promise<TokenServer> {
  const asked: URLSearchParams[] = [];
  const shown: string[] = [];
  const server: LocalServer = await serve((request, response) => {
    if (request.path.startsWith('/protected')) {
      const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
      shown.push(token);
      const right = options.accepts?.(token) ?? token.startsWith('token-');
      json(response, right ? 200 : 401, { ok: right });
      return;
    }
    if (request.path.endsWith('/.well-known/openid-configuration')) {
      const base = `${server.origin}${request.path.replace('/.well-known/openid-configuration', '')}`;
      json(response, 200, {
        issuer: options.issuer ?? base,
        token_endpoint: `${server.origin}/found/token`,
      });
      return;
    }
    const text = request.body.toString();
    const parameters = request.headers['content-type']?.includes('json')
      ? new URLSearchParams(JSON.parse(text) as Record<string, string>)
      : new URLSearchParams(text);
    asked.push(parameters);
    const answer = { access_token: `token-${asked.length}`, token_type: 'bearer', expires_in: 300 };
    json(response, options.status ?? 200, options.answer?.(parameters, request) ?? answer);
  });
  return { ...server, asked, shown };
}
