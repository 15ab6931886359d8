import type { ContractDiff } from '../../contracts/contract-diff.js';

/** A comparison for people: what use cases call in full, the rest as a count. */
export function diffLines({
  reachable,
  probe,
  document,
  verdict,
  operations,
}: ContractDiff): readonly string[] {
  if (!reachable) return [`It is not reachable: ${probe}`];
  if (document === undefined)
    return ['It is reachable, but shows no OpenAPI document in the usual places. Name it with --document.'];
  const used = operations.filter(({ usedBy }) => usedBy.length > 0);
  const others = operations.filter(({ usedBy }) => usedBy.length === 0);
  const count = (wanted: string): number => others.filter((one) => one.verdict === wanted).length;
  return [
    `${document}: ${verdict}`,
    ...used.flatMap(({ operationId, verdict: one, usedBy, differences }) => [
      `  ${operationId}: ${one} (called by ${usedBy.join(', ')})`,
      ...differences.map((each) => `    ${each.breaking ? '!' : '-'} ${each.in} ${each.at} ${each.what}`),
    ]),
    `  Not called by any use case: ${count('same')} same, ${count('compatible')} compatible, ${count('breaking')} breaking.`,
  ];
}
