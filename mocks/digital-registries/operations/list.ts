import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import type { JsonObject } from '../../../contracts/json.js';
import { SandboxError } from '../../../contracts/problems.js';
import { searchCondition, textCondition, type Condition } from '../conditions.js';
import { cursorOf, findPage, type PageRequest, type RecordPage } from '../find-records.js';
import type { Registry } from '../registry.js';
import { magicRule } from '../../kit/magic.js';
import { asDeceased, personOutcome } from '../outcomes.js';
import { queryText, registryOf } from '../request.js';
import { assertSearchable, onlyFields, requestedFields, type RequestedFields } from '../requested-fields.js';
import type { RegistriesState } from '../state.js';
import { logReading } from '../usage-log.js';

type Context = OperationContext<RegistriesState>;

const DEFAULT_PAGE_SIZE = 100;
const FIELD_FILTER = 'query.';

/** Digital registries, list: one page of records; readings are logged. */
export async function list(context: Context): Promise<OperationAnswer> {
  const registry = await registryOf(context);
  const fields = requestedFields(registry, context.headers);
  const request = pageRequest(context.query);
  const special = personOutcome(registry, soughtIn(context.query));
  const found = await findPage(context.state, registry, conditionsOf(context, registry, fields), request);
  const page = special === 'multiple-matches' ? doubled(found) : found;
  const after = request.order === 'ascending' ? cursorOf(registry, page) : undefined;
  return {
    status: 200,
    traces: logReading(context, registry, page.records, fields),
    // A record that is locked is listed as always.
    rule: special === undefined || special === 'locked' ? 'listed' : magicRule(special),
    body: {
      count: page.count,
      ...(page.more ? { next: pageLink(context.query, request.page + 1, after) } : {}),
      ...(request.page > 1 ? { previous: pageLink(context.query, request.page - 1, undefined) } : {}),
      ...(after === undefined ? {} : { after }),
      results: page.records.map(({ content }) =>
        onlyFields(special === 'deceased' ? asDeceased(registry, content) : content, fields),
      ),
    },
  };
}

/** The fields that the query asks for by value. */
function soughtIn(query: Context['query']): JsonObject {
  return Object.fromEntries(
    Object.keys(query)
      .filter((name) => name.startsWith(FIELD_FILTER))
      .map((name) => [name.slice(FIELD_FILTER.length), queryText(query, name) ?? '']),
  );
}

function doubled({ count, records, more }: RecordPage): RecordPage {
  return { count: count * 2, records: records.flatMap((record) => [record, record]), more };
}

function pageRequest(query: Context['query']): PageRequest {
  const after = queryText(query, 'after');
  const order = queryText(query, 'ordering') === 'descending' ? 'descending' : 'ascending';
  if (after !== undefined && order === 'descending') {
    const detail = '/query/after goes with ascending order only; use page to read in descending order';
    throw new SandboxError('GSB-REQ-001', { detail });
  }
  return {
    order,
    page: Number(queryText(query, 'page') ?? 1),
    pageSize: Number(queryText(query, 'pageSize') ?? DEFAULT_PAGE_SIZE),
    ...(after === undefined ? {} : { after }),
  };
}

/** Raises GSB-REQ-001 when the request searches by a field that it does not name among those it needs. */
function conditionsOf({ query }: Context, registry: Registry, fields: RequestedFields): readonly Condition[] {
  const search = queryText(query, 'search');
  const within = queryText(query, 'filter');
  const filtered = Object.keys(query)
    .filter((name) => name.startsWith(FIELD_FILTER) && name.length > FIELD_FILTER.length)
    .map((name) => name.slice(FIELD_FILTER.length));
  assertSearchable(
    registry,
    search !== undefined && within !== undefined ? [...filtered, within] : filtered,
    fields,
  );
  const filters = filtered.map((field) => textCondition(field, queryText(query, FIELD_FILTER + field) ?? ''));
  if (search === undefined) return filters;
  return [...filters, searchCondition(search, within === undefined ? fields : [within])];
}

/** Relative, so that it holds whether the caller came directly or through the mediator. */
function pageLink(query: Context['query'], page: number, after: string | undefined): string {
  const kept = Object.entries(query).filter(([name]) => name !== 'page' && name !== 'after');
  const parameters = new URLSearchParams(
    kept.flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((text): [string, string] => [name, text]),
    ),
  );
  parameters.set('page', String(page));
  if (after !== undefined) parameters.set('after', after);
  return `?${parameters.toString()}`;
}
