import type { Router } from 'express';
import { z } from 'zod';
import { caseIdSchema, runIdSchema } from '../../../contracts/ids.js';
import type { CloudEvent } from '../../../contracts/run-event.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import { addRoute, signedIn, type RouteDeps } from '../route.js';

/** What every intermediary must pass on, by CloudEvents 1.0, Size Limits. */
const MOST_BYTES = 65_536;
const LONGEST_ATTRIBUTE = 1_000;

const text = z.string().min(1).max(LONGEST_ATTRIBUTE);
const extensionName = /^[a-z0-9]{1,20}$/;

/** CloudEvents 1.0, structured mode with JSON data. What it does not define is an extension: a scalar under a short name. */
const cloudEvent = z
  .object({
    specversion: z.literal('1.0'),
    id: text,
    source: text,
    type: text,
    time: z.iso.datetime({ offset: true }).optional(),
    subject: text.optional(),
    datacontenttype: text.optional(),
    dataschema: text.optional(),
    data: z.json().optional(),
  })
  .catchall(z.union([z.string().max(LONGEST_ATTRIBUTE), z.number(), z.boolean()]))
  .superRefine((event, context) => {
    for (const name of Object.keys(event)) {
      if (!extensionName.test(name))
        context.addIssue({
          code: 'custom',
          path: [name],
          message: 'the name of an attribute has 1 to 20 lower-case letters or digits',
        });
    }
  });

const publication = z.strictObject({
  event: cloudEvent,
  to: z.union([z.strictObject({ case: caseIdSchema }), z.strictObject({ run: runIdSchema })]).optional(),
});

export function eventRoutes(router: Router, deps: RouteDeps, ports: ApiPorts): void {
  addRoute(router, deps, 'POST /events', async (request, response, asking) => {
    const { event, to } = parse(publication, request.body, 'The publication');
    if (Buffer.byteLength(JSON.stringify(event)) > MOST_BYTES) {
      throw new SandboxError('GSB-REQ-004', {
        detail: `event: it is larger than ${MOST_BYTES} bytes. Put a reference in its data instead.`,
      });
    }
    const published = await ports.events.publish(
      asking.workspace,
      event as CloudEvent,
      to === undefined ? undefined : { ...to },
      signedIn(asking),
    );
    response.status(202).json({ id: event.id, ...published });
  });
}
