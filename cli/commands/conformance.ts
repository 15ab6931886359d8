import { writeFile } from 'node:fs/promises';
import { blockNamed, checkCandidate } from '../../app/block-conformance/check-candidate.js';
import type { CheckResult, ConformanceReport } from '../../app/block-conformance/report.js';
import { conformanceHtml } from '../../app/block-conformance/reports/html-report.js';
import { conformanceJunit } from '../../app/block-conformance/reports/junit-report.js';
import { textReport } from '../../app/block-conformance/reports/text-report.js';
import { blockIds } from '../../contracts/block.js';
import { paint } from '../paint.js';
import { createRealClock } from '../real-clock.js';

export interface ConformanceCommandOptions {
  readonly url: string;
  readonly otherUrl?: string;
  readonly profile?: string;
  readonly fixtures?: string;
  readonly auth?: string;
  readonly callbackUrl?: string;
  readonly readOnly?: boolean;
  readonly extensions?: boolean;
  readonly failFast?: boolean;
  readonly dialect?: 'published' | 'older';
  readonly patience?: number;
  /** A file, or true for the standard output alone. */
  readonly json?: string | true;
  readonly junit?: string;
  readonly html?: string;
}

/**
 * `sandbox conformance`: checks any implementation of a building block over HTTP. Exit code 0 when all checks that
 * could be made passed, 1 with violations, 2 when nothing could be tested, or for a block that there is not.
 */
export async function conformance(name: string, options: ConformanceCommandOptions): Promise<void> {
  const block = blockNamed(name);
  if (block === undefined) {
    process.exitCode = 2;
    const detail = `There is no building block ${name}. There are: ${blockIds.join(', ')}.`;
    if (options.json === true) process.stdout.write(`${JSON.stringify({ error: { detail } })}\n`);
    else process.stderr.write(`${detail}\n→ Name one of these.\n`);
    return;
  }
  const { json, junit, html, patience, ...rest } = options;
  const report = await checkCandidate({
    block,
    ...rest,
    ...(patience === undefined ? {} : { patienceMs: patience * 1_000 }),
    realClock: createRealClock(),
    ...(json === true ? {} : { onCheck: showProgress }),
  });
  if (typeof json === 'string') await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
  if (junit !== undefined) await writeFile(junit, conformanceJunit(report));
  if (html !== undefined) await writeFile(html, conformanceHtml(report));
  process.stdout.write(
    json === true ? `${JSON.stringify(report)}\n` : `${progressEnd()}${textReport(report)}\n`,
  );
  process.exitCode = exitCodeOf(report);
}

function exitCodeOf({ verdict }: ConformanceReport): number {
  if (verdict === 'passed') return 0;
  return verdict === 'violations' ? 1 : 2;
}

/** One sign for each check: enough to see that it goes on. */
function showProgress({ outcome }: CheckResult): void {
  if (!process.stderr.isTTY) return;
  const sign = { passed: paint('green', '.'), failed: paint('red', '✘'), skipped: paint('gray', '-') };
  process.stderr.write(sign[outcome.kind]);
}

function progressEnd(): string {
  return process.stderr.isTTY ? '\n' : '';
}
