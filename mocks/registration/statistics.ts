import type { JsonObject } from '../../contracts/json.js';
import { hasEnded, type Application } from './application.js';

export const timeframes = ['day', 'week', 'month', 'year'] as const;
export type Timeframe = (typeof timeframes)[number];

/** What the figures are about; dates as `YYYY-MM-DD`, both included. */
export interface StatisticsRequest {
  readonly startDate?: string;
  readonly endDate?: string;
  readonly registrationName?: string;
  readonly operator?: string;
  readonly role?: string;
  readonly timeframe?: Timeframe;
}

interface Period {
  readonly startDate?: string;
  readonly endDate?: string;
}

/** Counts decisions that stand: approved, sent back or rejected, by the day on which that was decided. */
export function countDecisions(
  applications: readonly Application[],
  request: StatisticsRequest,
): readonly JsonObject[] {
  const decided = applications.flatMap((application) => {
    const day = decisionDay(application, request);
    return day === undefined ? [] : [{ day, application }];
  });
  const { timeframe } = request;
  if (timeframe === undefined)
    return [
      entry(
        decided.map(({ application }) => application),
        request,
        request,
      ),
    ];
  const periods = new Map<string, { period: Period; applications: Application[] }>();
  for (const { day, application } of decided) {
    const period = periodOf(day, timeframe);
    const known = periods.get(period.startDate) ?? { period, applications: [] };
    known.applications.push(application);
    periods.set(period.startDate, known);
  }
  return [...periods.keys()].sort().flatMap((start) => {
    const found = periods.get(start);
    return found ? [entry(found.applications, request, found.period)] : [];
  });
}

function decisionDay(application: Application, request: StatisticsRequest): string | undefined {
  if (!hasEnded(application) && application.status !== 'SENDBACK') return undefined;
  const { startDate, endDate, operator, role } = request;
  const decision = application.history.at(-1);
  const day = decision?.at.slice(0, 10);
  if (
    day === undefined ||
    (startDate !== undefined && day < startDate) ||
    (endDate !== undefined && day > endDate)
  ) {
    return undefined;
  }
  if (operator !== undefined && decision?.operatorId !== operator && decision?.operatorName !== operator)
    return undefined;
  if (role !== undefined && application.roleId !== role && application.roleName !== role) return undefined;
  return day;
}

function entry(applications: readonly Application[], request: StatisticsRequest, period: Period): JsonObject {
  const count = (status: Application['status']): number =>
    applications.filter((one) => one.status === status).length;
  const { registrationName, operator, role, timeframe } = request;
  return {
    processed: applications.length,
    approved: count('APPROVED'),
    sentBack: count('SENDBACK'),
    rejected: count('REJECTED'),
    references: {
      ...(period.startDate === undefined ? {} : { startDate: period.startDate }),
      ...(period.endDate === undefined ? {} : { endDate: period.endDate }),
      ...(registrationName === undefined ? {} : { registrationName }),
      ...(operator === undefined ? {} : { operator }),
      ...(role === undefined ? {} : { role }),
      timeframeDay: timeframe === 'day',
      timeframeWeek: timeframe === 'week',
      timeframeMonth: timeframe === 'month',
      timeframeYear: timeframe === 'year',
    },
  };
}

function periodOf(
  day: string,
  timeframe: Timeframe,
): { readonly startDate: string; readonly endDate: string } {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7)) - 1;
  const date = Number(day.slice(8, 10));
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const iso = (...parts: readonly [number, number, number]): string =>
    new Date(Date.UTC(...parts)).toISOString().slice(0, 10);
  switch (timeframe) {
    case 'day':
      return { startDate: day, endDate: day };
    case 'week':
      return { startDate: iso(year, month, date - weekday), endDate: iso(year, month, date - weekday + 6) };
    case 'month':
      return { startDate: iso(year, month, 1), endDate: iso(year, month + 1, 0) };
    case 'year':
      return { startDate: iso(year, 0, 1), endDate: iso(year, 11, 31) };
  }
}
