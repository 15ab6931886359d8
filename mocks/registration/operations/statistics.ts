import { didYouMean } from '../../../contracts/near-misses.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import type { Application } from '../application.js';
import { queryText } from '../listing.js';
import type { RegistrationState } from '../state.js';
import { countDecisions, timeframes, type StatisticsRequest } from '../statistics.js';

type Context = OperationContext<RegistrationState>;

/** Registration, Statistics. Raises GSB-REQ-002 for a registration that does not exist. */
export async function statistics(context: Context): Promise<OperationAnswer> {
  const request = requestOf(context.query);
  if (
    request.startDate !== undefined &&
    request.endDate !== undefined &&
    request.startDate > request.endDate
  ) {
    throw new SandboxError('GSB-REQ-001', { detail: '/query/endDate must not lie before startDate' });
  }
  const applications = await applicationsOf(context.state, request.registrationName);
  return { status: 200, rule: 'counted', body: countDecisions(applications, request) };
}

async function applicationsOf(
  state: RegistrationState,
  registrationName: string | undefined,
): Promise<readonly Application[]> {
  if (registrationName === undefined) return (await state.applications.find()).map(({ doc }) => doc);
  const all = await state.services.find();
  const services = all.filter(({ doc }) => doc.name === registrationName);
  if (services.length === 0) {
    const near = didYouMean(
      registrationName,
      all.map(({ doc }) => doc.name),
    );
    throw new SandboxError('GSB-REQ-002', {
      detail: `there is no registration named ${registrationName}${near}`,
    });
  }
  const serviceId = services.map(({ doc }) => doc._id);
  return (await state.applications.find({ filter: { serviceId } })).map(({ doc }) => doc);
}

function requestOf(query: Context['query']): StatisticsRequest {
  const timeframe = timeframes.find((name) => name === queryText(query, 'timeframe'));
  const texts = (['startDate', 'endDate', 'registrationName', 'operator', 'role'] as const).flatMap(
    (name): [string, string][] => {
      const value = queryText(query, name);
      return value === undefined ? [] : [[name, value]];
    },
  );
  return { ...Object.fromEntries(texts), ...(timeframe === undefined ? {} : { timeframe }) };
}
