import type { CheckResult, ConformanceReport, Share, SkipReason } from '../report.js';

export const reasonWords: Readonly<Record<SkipReason, string>> = {
  'read-only': 'would have written',
  'no-fixture': 'no fixture',
  'not-offered': 'not offered',
  'no-callback-url': 'no way back for callbacks',
  'no-second-tenant': 'no second tenant',
  'needs-another': 'depends on something else',
};

/** A share as people read it: `97.1 % (33 of 34)`. */
function shareWords({ count, of, percent }: Share): string {
  return `${percent} % (${count} of ${of})`;
}

/** Why something was not testable, by reason, with the operations or checks. */
export function skippedByReason(report: ConformanceReport): readonly {
  readonly reason: SkipReason;
  readonly checks: readonly CheckResult[];
  readonly details: readonly string[];
}[] {
  const reasons = Object.keys(reasonWords) as SkipReason[];
  return reasons.flatMap((reason) => {
    const checks = report.checks.filter(
      ({ outcome }) => outcome.kind === 'skipped' && outcome.reason === reason,
    );
    const details = checks.map(({ outcome }) => (outcome.kind === 'skipped' ? outcome.detail : ''));
    return checks.length === 0 ? [] : [{ reason, checks, details: [...new Set(details)] }];
  });
}

/** The end of a run for a terminal: violations with their exchange, then index and score. */
export function textReport(report: ConformanceReport): string {
  const lines: string[] = [];
  for (const { title, outcome } of report.checks) {
    if (outcome.kind !== 'failed') continue;
    lines.push(`✘ ${title}`);
    for (const { rule, message, source, exchange } of outcome.violations) {
      lines.push(`    ${rule}`, `    found: ${message}`);
      lines.push(`    rule of: ${source.specification} ${source.version}, ${source.section}`);
      if (exchange === undefined) continue;
      const { request, answer } = exchange;
      lines.push(`    > ${request.method} ${shortened(request.target)}`);
      if (request.body !== undefined) lines.push(`    > ${shortened(request.body)}`);
      if (answer !== undefined) lines.push(`    < ${answer.status} ${shortened(answer.body)}`);
    }
  }
  for (const { reason, checks, details } of skippedByReason(report)) {
    lines.push(`- not tested, ${reasonWords[reason]}: ${checks.length} checks`);
    for (const detail of details.slice(0, 5)) lines.push(`    ${detail}`);
    if (details.length > 5) lines.push(`    and ${details.length - 5} more`);
  }
  const { specification, index, score, profile, dialect } = report;
  if (report.detail !== undefined) lines.push(report.detail);
  lines.push(
    `${report.title}: ${specification.name} ${specification.version}, ${dialect} dialect${profile === undefined ? '' : `, profile ${report.block}/${profile}`}`,
    `Index ${shareWords(index.operations)} operations, ${shareWords(index.checks)} checks testable`,
    `Score ${shareWords(score)} checks passed`,
  );
  return lines.join('\n');
}

function shortened(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ');
  return flat.length > 240 ? `${flat.slice(0, 240)}…` : flat;
}
