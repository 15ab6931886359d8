import { readdirSync } from 'node:fs';
import { extname, relative } from 'node:path';
import express, { type RequestHandler, type Router } from 'express';
import { packingFor } from '../../orchestrator/http/compressed.js';

const SUFFIX = { br: '.br', gzip: '.gz' } as const;
/** The names of these files hold a mark of their content: another content has another name. */
const MARKED = /^assets[\\/]/;

/** Files of a folder; where the build laid a packed one beside a file (`page.js.br`, `page.js.gz`), that is what travels. */
export function packedFiles(folder: string): Router {
  const present = new Set(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
      (name) => `/${name.replaceAll('\\', '/')}`,
    ),
  );
  const choosePacked: RequestHandler = (request, response, next) => {
    const path = request.path === '/' ? '/index.html' : request.path;
    const packing = packingFor(request);
    if (present.has(`${path}${SUFFIX.gzip}`)) response.vary('Accept-Encoding');
    const asked = request.method === 'GET' || request.method === 'HEAD';
    if (asked && packing !== undefined && present.has(`${path}${SUFFIX[packing]}`)) {
      response.set('content-encoding', packing).type(extname(path));
      request.url = `${path}${SUFFIX[packing]}`;
    }
    next();
  };
  const files = express.static(folder, {
    index: 'index.html',
    redirect: false,
    cacheControl: false,
    setHeaders: (response, path) => {
      // Within the folder: those above it may be called anything.
      response.setHeader('cache-control', cacheFor(relative(folder, path)));
    },
  });
  return express.Router().use(choosePacked, files);
}

/** The page names the files of one build, so it is asked for again each time; that costs no more than a 304. */
function cacheFor(path: string): string {
  if (MARKED.test(path)) return 'public, max-age=31536000, immutable';
  return /\.html(\.(br|gz))?$/.test(path) ? 'no-cache' : 'public, max-age=3600';
}
