import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Router } from 'express';
import { z } from 'zod';
import { personRefSchema } from '../../../contracts/ids.js';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import { addRoute, signedIn, type RouteDeps } from '../route.js';

const erasure = z.strictObject({ reason: z.string().trim().min(3).max(500) });

/** Backups of the whole installation, and the erasure of a person. */
export function dataRoutes(router: Router, deps: RouteDeps, { data }: ApiPorts): void {
  addRoute(router, deps, 'GET /backup', async (_request, response) => {
    const { file, done } = await data.backup();
    try {
      response.status(200).set({
        'content-type': 'application/gzip',
        'content-disposition': 'attachment; filename="govstack-sandbox-backup.gz"',
      });
      await pipeline(createReadStream(file), response);
    } finally {
      await done();
    }
  });
  addRoute(router, deps, 'POST /persons/:person/erase', async (request, response, asking) => {
    const person = parse(personRefSchema, request.params['person'], 'The person');
    const { reason } = parse(erasure, request.body, 'The erasure');
    response.json({ erased: await data.erase(asking.workspace, person, reason, signedIn(asking)) });
  });
}
