import { readFile, writeFile } from 'node:fs/promises';
import { verifyExport, type LogVerification } from '../../app/project.js';
import { SandboxError } from '../../contracts/problems.js';
import { paint } from '../paint.js';
import { createTrainer, type TrainerOptions } from '../trainer.js';

export interface VerifyOptions extends TrainerOptions {
  readonly from?: number;
  readonly file?: string;
  readonly export?: string;
  readonly json?: boolean;
}

/** `sandbox verify`: the message log of a running sandbox, or an exported one without any. Exit code 1 when the chain is broken. */
export async function verify(options: VerifyOptions): Promise<void> {
  if (options.export !== undefined) await exportTo(options.export, options);
  const verification =
    options.file === undefined
      ? await running(options)
      : await verifyExport(await readJson(options.file), options.from);
  if (!verification.holds) process.exitCode = 1;
  process.stdout.write(options.json === true ? `${JSON.stringify(verification)}\n` : told(verification));
}

async function running(options: VerifyOptions): Promise<LogVerification> {
  const { api } = await createTrainer(options);
  const query = options.from === undefined ? '' : `?from=${options.from}`;
  return (await api.get<{ verification: LogVerification }>(`/message-log${query}`)).verification;
}

async function exportTo(file: string, options: VerifyOptions): Promise<void> {
  const { api } = await createTrainer(options);
  const log = await api.get<unknown>('/message-log/export');
  await writeFile(file, `${JSON.stringify(log)}\n`);
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SandboxError('GSB-REQ-002', { detail: `${file} could not be read.`, cause: error });
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SandboxError('GSB-REQ-001', { detail: `${file} is no JSON.`, cause: error });
  }
}

function told(verification: LogVerification): string {
  if (verification.holds) {
    const { sealed, unsealed, head } = verification;
    const lines = [
      paint('bold', 'The message log holds.'),
      `${sealed} ${sealed === 1 ? 'record' : 'records'} under a seal, ${unsealed} recorded since.`,
      ...(head === undefined ? [] : [`Head: ${head}`]),
    ];
    return `${lines.join('\n')}\n`;
  }
  const { from, to, record, seal, reason, detail } = verification;
  const place = record === undefined ? `records ${from} to ${to}` : `record ${record}`;
  const under = seal === undefined ? 'not yet sealed' : `seal ${seal}`;
  return `${paint('bold', 'The message log is broken.')}\nFirst break: ${place}, ${under} (${reason}).\n${detail}.\n`;
}
