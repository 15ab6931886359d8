import type { Response, Router } from 'express';
import type { FollowedRecord, Subscription } from '../../../contracts/journal.js';
import type { CloudEvent } from '../../../contracts/run-event.js';
import { isJsonObject } from '../../../contracts/json.js';
import { runOfStream, streams } from '../../../contracts/streams.js';
import { z } from 'zod';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import { addRoute, onlyCitizen, signedIn, type RouteDeps } from '../route.js';

const HEARTBEAT_MS = 15_000;
/** A number, or two as Redis writes them; what is none would leave a stream that never says anything. */
const position = z.string().regex(/^\d{1,15}(?:-\d{1,15})?$/, 'a position of an event stream');

/**
 * One event stream per tab: every event of the workspace that this person may see, without payloads. The journal's
 * position is the cursor (`Last-Event-ID`), so a tab that lost its connection misses nothing. `?case=` narrows it.
 */
export function streamRoute(router: Router, deps: RouteDeps, ports: ApiPorts): void {
  addRoute(router, deps, 'GET /stream', async (request, response, asking) => {
    const principal = signedIn(asking);
    const { workspace } = asking;
    // `?only=log` leaves out what happens inside runs: for those who only wait for tasks.
    const streamPrefix = request.query['only'] === 'log' ? streams.log(workspace) : `${workspace}/`;
    const onlyCase = typeof request.query['case'] === 'string' ? request.query['case'] : undefined;
    // `?format=cloudevents` says the lifecycle of runs as CloudEvents, and nothing else.
    const lifecycle = request.query['format'] === 'cloudevents' ? ports.lifecycleFollower() : undefined;
    const person = onlyCitizen(principal) ? (principal.person ?? 'nobody') : undefined;
    const cursor = parse(
      position.optional(),
      request.get('last-event-id') ?? request.query['after'],
      'The cursor',
    );

    const wanted = async (record: FollowedRecord): Promise<boolean> => {
      if (onlyCase === undefined && person === undefined) return true;
      const run = runOfStream(record.stream) ?? runIn(record);
      const caseId = caseIn(record);
      if (run === undefined) return onlyCase !== undefined && caseId === onlyCase && person === undefined;
      const of = await ports.caseOfRun(workspace, run);
      if (of === undefined) return false;
      return (
        (onlyCase === undefined || of.caseId === onlyCase) && (person === undefined || of.person === person)
      );
    };

    response.status(200).set({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();
    response.write('retry: 2000\n\n');
    // Whoever leaves while the subscription is being made must not leave it behind.
    const gone = { is: false };
    response.once('close', () => {
      gone.is = true;
    });
    let order: Promise<void> = Promise.resolve();
    const subscription: Subscription = await ports.journal.follow(
      (record) => {
        order = order.then(async () => {
          if (!(await wanted(record))) return;
          if (lifecycle === undefined) send(response, record, workspace);
          else sendLifecycle(response, record, await lifecycle(record));
        });
        order = order.catch(() => undefined);
      },
      { streamPrefix, ...(cursor === undefined ? {} : { fromPosition: cursor }) },
    );
    const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
    const end = (): void => {
      clearInterval(heartbeat);
      void subscription.close();
      response.end();
    };
    if (gone.is) end();
    else response.on('close', end);
  });
}

function send(response: Response, record: FollowedRecord, workspace: string): void {
  const stream = record.stream.slice(workspace.length + 1);
  // The inbox is how things reach runs; what came of it is in the run's own events.
  if (stream.startsWith('inbox/')) return;
  const data = JSON.stringify({ stream, seq: record.seq, event: record.event });
  response.write(`id: ${record.position}\ndata: ${data}\n\n`);
}

/** The cursor comes with the last of a record's events: who is cut off before it gets all of them again. */
function sendLifecycle(
  response: Response,
  { position }: FollowedRecord,
  events: readonly CloudEvent[],
): void {
  for (const [index, event] of events.entries()) {
    const id = index === events.length - 1 ? `id: ${position}\n` : '';
    response.write(`${id}data: ${JSON.stringify(event)}\n\n`);
  }
}

function runIn({ event }: FollowedRecord): string | undefined {
  if (!isJsonObject(event)) return undefined;
  const origin = event['origin'];
  const run = isJsonObject(origin) ? origin['runId'] : event['runId'];
  return typeof run === 'string' ? run : undefined;
}

function caseIn({ event }: FollowedRecord): string | undefined {
  return isJsonObject(event) && typeof event['caseId'] === 'string' ? event['caseId'] : undefined;
}
