import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Request, Router } from 'express';
import type { Logger } from '../../contracts/logger.js';
import { projectFile } from '../project-file.js';
import { firstView } from './first-view.js';
import { packedFiles } from './packed-files.js';

/** The console brings everything along: nothing from elsewhere, nothing inline, no code from text. */
const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** The web app, where it was built. Mount it last: its page answers every address that nobody else knows. */
export function serveConsole(
  app: Router,
  visitors: { readonly signedIn: (request: Request) => Promise<boolean>; readonly logger: Logger },
): void {
  const folder = [projectFile('dist/console/'), projectFile('console/dist/')]
    .map((url) => fileURLToPath(url))
    .find((path) => existsSync(path));
  if (folder === undefined) return;
  app.use((_request, response, next) => {
    response.set('content-security-policy', CONSOLE_POLICY);
    next();
  });
  const files = packedFiles(folder);
  const drawing = fileURLToPath(projectFile('dist/first-view/draw.js'));
  app.get('/', firstView({ ...visitors, page: join(folder, 'index.html'), drawing }));
  app.use(files);
  app.get(/^\/(?!api\/|blocks\/|r1\/|realms\/|auth\/).*/, (request, response, next) => {
    if (request.accepts('html') === false) {
      next();
      return;
    }
    request.url = '/';
    files(request, response, next);
  });
}
