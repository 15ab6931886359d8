import type { ContractDiff } from '../../contracts/contract-diff.js';
import { SandboxError } from '../../contracts/problems.js';
import { playLive, type LiveOptions, type LiveResult } from '../live/play-live.js';
import type { BindOption } from './bind-option.js';
import { readExchanges, reportLines, reportOn, type CandidateReport } from './candidate-report.js';

export interface BoundResult {
  readonly ok: boolean;
  readonly live?: LiveResult;
  /** Why the scenario did not come to its end. */
  readonly failure?: string;
  readonly candidates: readonly CandidateReport[];
  /** Expectations that nobody could look at, since the candidate does not show them. */
  readonly unchecked: readonly string[];
}

/** Plays a scenario with other systems in the place of mocks, and says whether they carried it. */
export async function playBound(
  options: LiveOptions & { readonly bound: readonly BindOption[] },
): Promise<BoundResult> {
  const { session, trainer, bound, write } = options;
  const api = session.as(trainer);
  for (const { block, ...binding } of bound) {
    const { kind, baseUrl, operationId } = binding;
    const at = operationId === undefined ? {} : { operationId };
    const check = await api.post<ContractDiff>(`/blocks/${block}/binding/check`, { ...at, kind, baseUrl });
    write(`${block} is bound to ${baseUrl}: ${told(check)}`);
    // What breaks on paper is what this run is to show.
    await api.put(`/blocks/${block}/binding`, { ...at, kind, baseUrl, force: true });
  }
  const unchecked: string[] = [];
  const played = await playLive({
    ...options,
    unchecked: (step, why) => unchecked.push(`${step.say} ${why}`),
  }).then(
    (live) => ({ live }),
    (error: unknown) => {
      if (!(error instanceof SandboxError) || error.code !== 'GSB-CLI-001') throw error;
      return { failure: error.detail };
    },
  );
  const exchanges = await readExchanges(api);
  const candidates = bound.map((one) => reportOn(one, exchanges, 'live' in played));
  write('');
  if ('failure' in played) write(played.failure);
  for (const line of candidates.flatMap(reportLines)) write(line);
  for (const line of unchecked) write(`Not checked: ${line}`);
  return { ok: candidates.every(({ verdict }) => verdict === 'carries'), ...played, candidates, unchecked };
}

function told({ reachable, probe, document, verdict, operations }: ContractDiff): string {
  if (!reachable) return probe;
  if (document === undefined) return 'it answers; it shows no OpenAPI document, so nothing was compared';
  const used = operations.filter(({ usedBy }) => usedBy.length > 0);
  const broken = used.filter((one) => one.verdict === 'breaking').map(({ operationId }) => operationId);
  return `its contract is ${verdict} for ${used.length} operations that use cases call${broken.length > 0 ? ` (breaking: ${broken.join(', ')})` : ''}`;
}
