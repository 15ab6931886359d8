import { z } from 'zod';
import { workspaceIdSchema, type WorkspaceId } from '../../contracts/ids.js';
import type { Journal, JournalRecord } from '../../contracts/journal.js';
import { SandboxError } from '../../contracts/problems.js';
import { streams } from '../../contracts/streams.js';
import { verifyLog, type Verification } from './verify-log.js';

const FORMAT = 'govstack-sandbox-message-log';
const AT_ONCE = 1_000;

const record = z.object({ seq: z.int().min(1), event: z.record(z.string(), z.json()) });
const exportedLogSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  workspace: workspaceIdSchema,
  records: z.array(record),
  seals: z.array(record),
});

/** The public part of a message log with its seals, to be kept and verified elsewhere. Bodies stay behind: they name people. */
export type ExportedLog = z.infer<typeof exportedLogSchema>;

export async function exportLog(
  journal: Pick<Journal, 'read'>,
  workspace: WorkspaceId,
): Promise<ExportedLog> {
  return {
    format: FORMAT,
    version: 1,
    workspace,
    records: await readAll(journal, streams.exchanges(workspace)),
    seals: await readAll(journal, streams.seals(workspace)),
  };
}

/** Verifies an exported log without the sandbox it came from. GSB-REQ-001 naming what does not fit the format. */
export async function verifyExport(file: unknown, from?: number): Promise<Verification> {
  const parsed = exportedLogSchema.safeParse(file);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue === undefined ? '' : `/${issue.path.map(String).join('/')}: ${issue.message}`;
    throw new SandboxError('GSB-REQ-001', { detail: `The exported message log: ${place}` });
  }
  const { workspace, records, seals } = parsed.data;
  const read: Journal['read'] = (stream, { after = 0, limit = Infinity } = {}) => {
    const all: readonly JournalRecord[] = stream === streams.seals(workspace) ? seals : records;
    // A file may lack records: their numbers and not their places count.
    return Promise.resolve(all.filter(({ seq }) => seq > after).slice(0, limit));
  };
  return verifyLog({ read }, workspace, { batch: 256, from });
}

async function readAll(journal: Pick<Journal, 'read'>, stream: string): Promise<ExportedLog['records']> {
  const found: ExportedLog['records'] = [];
  for (;;) {
    const page = await journal.read(stream, { after: found.at(-1)?.seq ?? 0, limit: AT_ONCE });
    if (page.length === 0) return found;
    found.push(
      ...page.map(({ seq, event }) => ({ seq, event: event as ExportedLog['records'][number]['event'] })),
    );
  }
}
