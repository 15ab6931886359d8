import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestRecorder, SeenRequest } from '../../../contracts/block.js';

/** One answer of a block, as far as its catalogue of rules is concerned. */
export interface SeenRule {
  readonly block: string;
  readonly operationId?: string;
  readonly rule?: string;
  readonly status: number;
}

const folder = process.env['RULES_SEEN'];

function write(seen: SeenRequest): void {
  if (folder === undefined) return;
  const { block, operationId, response } = seen;
  const rule = response?.headers['x-sandbox-rule'];
  const line: SeenRule = {
    block,
    ...(operationId === undefined ? {} : { operationId }),
    ...(rule === undefined ? {} : { rule }),
    status: response?.status ?? 0,
  };
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(line)}\n`);
}

/** With RULES_SEEN, a folder: writes down which rule answered, for the check that every declared rule is reached. */
export const rulesSeen: RequestRecorder | undefined =
  folder === undefined ? undefined : { record: (_workspace, seen) => write(seen) };
