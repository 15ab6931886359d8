import type { GeneratedHousehold, OutcomeName } from './household.js';

/**
 * How well the programme finds the poor, by group. Exclusion error: the share of the poor who are not served.
 * Inclusion error: the share of those served who are not poor. Both as shares from 0 to 1, null where nobody is counted.
 * Whoever waits for a person is not served yet and not refused either: they are counted apart.
 */
export interface TargetingError {
  readonly group: string;
  readonly households: number;
  readonly poor: number;
  readonly served: number;
  readonly waiting: number;
  readonly exclusionError: number | null;
  readonly inclusionError: number | null;
}

const served: ReadonlySet<OutcomeName> = new Set(['paid', 'payment-failed', 'no-payment-route']);
const waiting: ReadonlySet<OutcomeName> = new Set(['waiting-for-a-person', 'consent-refused']);

export interface Judged {
  readonly household: GeneratedHousehold;
  readonly outcome: OutcomeName;
}

/** Found eligible counts as served, also while the money has not arrived. Lines turned away at intake are left out. */
export function targetingErrors(judged: readonly Judged[]): TargetingError[] {
  const counted = judged.filter(({ outcome }) => outcome !== 'rejected-at-intake');
  const groups = new Map<string, Judged[]>();
  for (const one of counted) {
    for (const group of groupsOf(one.household)) groups.set(group, [...(groups.get(group) ?? []), one]);
  }
  return [...groups]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([group, members]) => errorsOf(group, members));
}

function groupsOf({ truth }: GeneratedHousehold): string[] {
  return [
    'all',
    `head of household: ${truth.headSex}`,
    `disability: ${truth.disabled > 0 ? 'yes' : 'no'}`,
    `displaced: ${truth.displaced ? 'yes' : 'no'}`,
    `region: ${truth.region}`,
  ];
}

function errorsOf(group: string, members: readonly Judged[]): TargetingError {
  const poor = members.filter(({ household }) => household.truth.poor);
  const reached = members.filter(({ outcome }) => served.has(outcome));
  const decided = poor.filter(({ outcome }) => !waiting.has(outcome));
  const missed = decided.filter(({ outcome }) => !served.has(outcome));
  const leaked = reached.filter(({ household }) => !household.truth.poor);
  return {
    group,
    households: members.length,
    poor: poor.length,
    served: reached.length,
    waiting: members.filter(({ outcome }) => waiting.has(outcome)).length,
    exclusionError: share(missed.length, decided.length),
    inclusionError: share(leaked.length, reached.length),
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1000) / 1000;
}
