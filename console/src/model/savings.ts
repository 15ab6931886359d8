import type { Exchange } from '../../../contracts/exchange.js';
import type { SavingRule } from '../../../contracts/presentation.js';
import type { UseCaseManifest } from '../../../contracts/use-case.js';

/** What the citizen did not have to do, counted from what was exchanged instead. */
export interface Saving {
  readonly rule: SavingRule;
  readonly count: number;
  /** The exchanges that it was counted from, in the order of the log. */
  readonly sources: readonly Exchange[];
}

/** Only what was answered spares anybody anything. Rules that nothing fits count nothing and are kept. */
export function savingsOf(
  rules: readonly SavingRule[],
  services: Readonly<Record<string, Pick<UseCaseManifest['services'][string], 'provider' | 'code'>>>,
  exchanges: readonly Exchange[],
): readonly Saving[] {
  const inOrder = [...exchanges].sort((one, other) => one.at.localeCompare(other.at));
  return rules.map((rule) => {
    const wanted = new Set<string>(
      rule.services.flatMap((alias) => {
        const service = services[alias];
        return service === undefined ? [] : [`${service.provider}/${service.code}`];
      }),
    );
    const sources = inOrder.filter(
      ({ service, operationId, outcome, status }) =>
        outcome === 'answered' &&
        status < 400 &&
        wanted.has(service) &&
        (rule.operations === undefined || rule.operations.includes(operationId ?? '')),
    );
    const things = new Set(
      sources.map(({ id, service }) => {
        switch (rule.once) {
          case 'call':
            return id;
          case 'service':
            return service;
          case 'organisation':
            // Instance, class and member name the organisation; its application and service do not.
            return service.split('/').slice(0, 3).join('/');
        }
      }),
    );
    return { rule, count: things.size, sources };
  });
}
