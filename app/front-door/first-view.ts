import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, RequestHandler } from 'express';
import { CORRELATION_HEADER } from '../../contracts/correlation.js';
import type { Logger } from '../../contracts/logger.js';
import { packingFor } from '../../orchestrator/http/compressed.js';

/** What the build of the console makes of `console/src/first-view/draw.tsx`. */
interface Drawing {
  readonly drawFirstView: (wanted: {
    readonly page: string;
    readonly pathname: string;
    readonly cookie: string | undefined;
    readonly acceptLanguage: string | undefined;
    readonly ask: (path: string) => Promise<Response>;
  }) => Promise<string>;
}

const PATIENCE_MS = 2_000;
const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);
const pack = {
  gzip: (text: string) => gzipped(text),
  br: (text: string) => brotlied(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
};

/**
 * Sends the first page drawn, so that a slow phone shows it before its code has come. For those who are not signed in: all
 * others have the code already. Where it cannot be drawn, the page goes out as it was built.
 */
export function firstView(options: {
  /** The built page, and the module that draws in it. */
  readonly page: string;
  readonly drawing: string;
  readonly signedIn: (request: Request) => Promise<boolean>;
  readonly logger: Logger;
}): RequestHandler {
  const { page: pageFile, drawing, signedIn, logger } = options;
  if (!existsSync(drawing)) return (_request, _response, next) => next();
  let parts: Promise<readonly [string, Drawing]> | undefined;
  return async (request, response, next) => {
    response.vary('Cookie, Accept-Language, Accept-Encoding');
    if (request.accepts('html') === false) {
      next();
      return;
    }
    try {
      if (await signedIn(request)) {
        next();
        return;
      }
      parts ??= Promise.all([
        readFile(pageFile, 'utf8'),
        import(pathToFileURL(drawing).href) as Promise<Drawing>,
      ]);
      const [page, { drawFirstView }] = await parts;
      const drawn = await drawFirstView({
        page,
        pathname: request.originalUrl.split('?')[0] ?? '/',
        cookie: request.headers.cookie,
        acceptLanguage: request.headers['accept-language'],
        ask: asking(request),
      });
      const packing = packingFor(request);
      response.set('cache-control', 'no-cache').type('html');
      if (packing === undefined) response.send(drawn);
      else response.set('content-encoding', packing).send(await pack[packing](drawn));
    } catch (error) {
      parts = undefined;
      logger.warn({ err: error }, 'the first view could not be drawn; the page goes out empty');
      next();
    }
  };
}

/** Asks as the browser would, at the door where it came in: the same routes, the same answers. */
function asking({ socket, baseUrl, headers }: Request): (path: string) => Promise<Response> {
  const { localAddress = '127.0.0.1', localPort } = socket;
  const host = localAddress.includes(':') ? `[${localAddress}]` : localAddress;
  return (path) =>
    fetch(`http://${host}:${localPort}${baseUrl}${path}`, {
      headers: { accept: 'application/json', [CORRELATION_HEADER]: String(headers[CORRELATION_HEADER]) },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
}
