import type { ContractViolation, Exchange } from '../../contracts/exchange.js';
import type { Run } from '../../contracts/run.js';
import type { ApiClient } from '../api-client.js';
import type { BindOption } from './bind-option.js';

/** Whether a candidate carried the use case, operation by operation. */
export interface CandidateReport {
  readonly candidate: BindOption;
  /** Only `carries` counts as passed. */
  readonly verdict: 'carries' | 'carries outside the contract' | 'does not carry' | 'was not called';
  readonly operations: readonly CalledOperation[];
}

export interface CalledOperation {
  readonly operationId: string;
  readonly calls: number;
  /** Calls that the candidate left without an answer. */
  readonly lost: number;
  /** Calls that the mock answered in its place. */
  readonly fellBack: number;
  readonly violations: readonly ContractViolation[];
}

/** Everything that the runs of this workspace asked the mediator for. */
export async function readExchanges(trainer: ApiClient): Promise<readonly Exchange[]> {
  const exchanges: Exchange[] = [];
  for (let after = ''; ;) {
    const page = await trainer.get<{ runs: readonly Run[]; next?: string }>(`/runs?limit=100${after}`);
    for (const { id } of page.runs) {
      const answer = await trainer.get<{ exchanges: readonly { exchange: Exchange }[] }>(
        `/runs/${id}/exchanges`,
      );
      exchanges.push(...answer.exchanges.map(({ exchange }) => exchange));
    }
    if (page.next === undefined) return exchanges;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}

/** `played`: the scenario came to its end as it says. */
export function reportOn(
  candidate: BindOption,
  exchanges: readonly Exchange[],
  played: boolean,
): CandidateReport {
  const root = candidate.baseUrl.replace(/\/+$/, '');
  const called = new Map<string, Exchange[]>();
  for (const exchange of exchanges) {
    const { block, operationId, deliveredTo } = exchange;
    if (block !== candidate.block || operationId === undefined) continue;
    if (candidate.operationId !== undefined && candidate.operationId !== operationId) continue;
    if (deliveredTo !== root && !deliveredTo.startsWith(`mock, as ${root} `)) continue;
    called.set(operationId, [...(called.get(operationId) ?? []), exchange]);
  }
  const operations = [...called].map(([operationId, calls]): CalledOperation => ({
    operationId,
    calls: calls.length,
    lost: calls.filter(({ outcome }) => outcome === 'unreachable').length,
    fellBack: calls.filter(({ deliveredTo }) => deliveredTo !== root).length,
    violations: distinct(calls.flatMap(({ violations = [] }) => violations)),
  }));
  return { candidate, verdict: verdictOf(operations, played), operations };
}

function verdictOf(operations: readonly CalledOperation[], played: boolean): CandidateReport['verdict'] {
  if (!played || operations.some(({ lost, fellBack }) => lost > 0 || fellBack > 0)) return 'does not carry';
  if (operations.length === 0) return 'was not called';
  return operations.some(({ violations }) => violations.length > 0)
    ? 'carries outside the contract'
    : 'carries';
}

function distinct(violations: readonly ContractViolation[]): readonly ContractViolation[] {
  // The third record of a list is as wrong as the second.
  const general = violations.map(({ pointer, message }) => ({
    pointer: pointer.replace(/\/\d+(?=\/|$)/g, '/*'),
    message,
  }));
  return [...new Map(general.map((one) => [`${one.pointer} ${one.message}`, one])).values()];
}

export function reportLines({ candidate, verdict, operations }: CandidateReport): readonly string[] {
  const { block, baseUrl } = candidate;
  return [
    `${block} at ${baseUrl}: ${verdict}`,
    ...operations.flatMap(({ operationId, calls, lost, fellBack, violations }) => [
      `  ${operationId}: ${calls} ${calls === 1 ? 'call' : 'calls'}${lost > 0 ? `, ${lost} without an answer` : ''}${fellBack > 0 ? `, ${fellBack} answered by the mock` : ''}`,
      ...violations.map(({ pointer, message }) => `    against the contract: ${pointer} ${message}`),
    ]),
  ];
}
