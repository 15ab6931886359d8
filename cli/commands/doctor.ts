import { readConfig } from '../../app/config.js';
import { examine } from '../../app/doctor/examine.js';
import type { Finding } from '../../app/doctor/finding.js';
import { paint } from '../paint.js';

/**
 * `sandbox doctor`: whether this machine and the services that are named can carry the sandbox, and what to do where they
 * cannot. Exit code 0 when they can, warnings or not; 1 with a problem; 3 when the configuration itself is wrong.
 */
export async function doctor(options: {
  readonly port?: number;
  readonly data?: string;
  readonly json?: boolean;
}): Promise<void> {
  const config = readConfig(process.env, { port: options.port, dataDir: options.data });
  const findings = await examine(config, process.env);
  const ok = findings.every((finding) => finding.ok);
  if (options.json === true) process.stdout.write(`${JSON.stringify({ ok, findings })}\n`);
  else process.stdout.write(findings.map(lineOf).join(''));
  if (!ok) process.exitCode = 1;
}

const marks = {
  good: paint('green', '✓'),
  warning: paint('yellow', '!'),
  problem: paint('red', '✗'),
} as const;

function lineOf({ level, what, says, fix }: Finding): string {
  return `${marks[level]} ${what}: ${says}\n${fix === undefined ? '' : `  → ${fix}\n`}`;
}
