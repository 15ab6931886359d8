import type { JsonObject } from '../../../contracts/json.js';
import { openSession } from '../access-token.js';
import { envelope, unauthorized } from '../credential-answers.js';
import type { EndpointsOf } from '../endpoints.js';
import type { EventDoc, IdentityContext, IdentityOperation } from '../state.js';

const DEFAULT_PAGE = 10;

/** Credential management, service history: one's own events between two dates, page by page. */
export function createServiceHistory(endpointsOf: EndpointsOf): IdentityOperation {
  return async (context) => {
    const session = await openSession(context, endpointsOf(context.workspace));
    if (session.kind === 'refused') return unauthorized(context, session.reason);
    const stored = await context.state.events.find({ filter: { individualId: session.person._id } });
    const found = stored.map(({ doc }) => doc).filter((event) => isAskedFor(context, event));
    const direction = text(context, 'sortType') === 'DESC' ? -1 : 1;
    found.sort((a, b) => direction * (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const pageNo = Number(text(context, 'pageStart') ?? 0);
    const pageSize = Number(text(context, 'pageFetch') ?? DEFAULT_PAGE);
    const shown = found.slice(pageNo * pageSize, (pageNo + 1) * pageSize);
    return {
      status: 200,
      rule: 'listed',
      body: {
        ...envelope(context, 'responseTime'),
        errors: [],
        response: {
          pageNo,
          pageSize,
          totalItems: found.length,
          totalPages: Math.ceil(found.length / pageSize),
          data: shown.map(entryOf),
        },
      },
    };
  };
}

function entryOf({ _id, summary, status, at, requestType }: EventDoc): JsonObject {
  return { eventId: _id, eventDescription: summary, eventStatus: status, timeStamp: at, requestType };
}

function isAskedFor(context: IdentityContext, event: EventDoc): boolean {
  const day = event.at.slice(0, 10);
  const from = text(context, 'fromDate')?.slice(0, 10) ?? '';
  const to = text(context, 'toDate')?.slice(0, 10) ?? day;
  const status = text(context, 'statusFilter') ?? 'ALL';
  const type = text(context, 'serviceType') ?? 'ALL';
  return (
    from <= day &&
    day <= to &&
    (status === 'ALL' || status.split(',').includes(event.status)) &&
    (type === 'ALL' || type.split(',').includes(event.requestType)) &&
    event._id.includes(text(context, 'searchText') ?? '')
  );
}

function text({ query }: IdentityContext, name: string): string | undefined {
  const value = query[name];
  const first = typeof value === 'string' ? value : value?.[0];
  return first === '' ? undefined : first;
}
