import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { AUDIT_BEGIN, type AuditLog, type AuditNote } from '../../../contracts/audit.js';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import type { Journal } from '../../../contracts/journal.js';
import { streams } from '../../../contracts/streams.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { createAuditLog } from '../../../orchestrator/workspaces/audit-log.js';

const WORKSPACE = DEFAULT_WORKSPACE;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
let journal: Journal;
let log: AuditLog;
let minute = 0;

function open(): AuditLog {
  return createAuditLog({
    journal,
    realClock: { now: () => new Date(Date.UTC(2026, 0, 5, 9, (minute += 1))) },
    clocks: { of: () => ({ now: () => new Date('2026-07-01T00:00:00Z') }) },
    digest: { sha256, keyed: sha256 },
  });
}

const note = (action: string, username = 'farid'): AuditNote => ({
  action,
  who: { subject: `subject-${username}`, username, roles: ['trainer'] },
  on: { id: 'run-1' },
  outcome: 202,
});

beforeEach(() => {
  minute = 0;
  journal = createMemoryJournal();
  log = open();
});

describe('the audit log', () => {
  it('chains what it writes, and pages back', async () => {
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((action) => log.record(WORKSPACE, note(action))));
    const first = await log.list(WORKSPACE, { limit: 2 });
    expect(first.entries.map(({ action }) => action)).toEqual(['e', 'd']);
    expect(first.next).toBe(4);
    const rest = await log.list(WORKSPACE, { limit: 10, after: first.next });
    expect(rest.entries.map(({ action }) => action)).toEqual(['c', 'b', 'a']);
    expect(rest.next).toBeUndefined();
    expect(rest.entries[2]).toMatchObject({
      seq: 1,
      previous: AUDIT_BEGIN,
      time: '2026-07-01T00:00:00.000Z',
    });
    expect(await log.check(WORKSPACE)).toEqual({ entries: 5, head: first.entries[0]?.hash, intact: true });
  });

  it('goes on with the chain of another process, and of a former one', async () => {
    const other = open();
    for (const [index, one] of [log, other, log, other].entries())
      await one.record(WORKSPACE, note(`change ${index}`));
    await open().record(WORKSPACE, note('after a restart'));
    expect(await log.check(WORKSPACE)).toMatchObject({ entries: 5, intact: true });
  });

  it('is found by subject or user name, action and time', async () => {
    await log.record(WORKSPACE, note('POST /cases', 'amina'));
    await log.record(WORKSPACE, note('POST /runs/:id/cancel'));
    await log.record(WORKSPACE, note('POST /runs/:id/resume'));
    const actions = async (query: object): Promise<readonly string[]> =>
      (await log.list(WORKSPACE, { limit: 10, ...query })).entries.map(({ action }) => action);
    expect(await actions({ subject: 'amina' })).toEqual(['POST /cases']);
    expect(await actions({ subject: 'subject-farid' })).toHaveLength(2);
    expect(await actions({ action: 'POST /runs/' })).toHaveLength(2);
    expect(await actions({ since: '2026-01-05T09:03:00.000Z' })).toEqual(['POST /runs/:id/resume']);
    expect(await actions({ until: '2026-01-05T09:02:00.000Z' })).toEqual(['POST /cases']);
  });

  it('outlives the streams of its workspace, and is apart from that of the installation', async () => {
    await log.record(WORKSPACE, note('POST /reset'));
    await log.record('installation', { action: 'sign-in', on: {}, outcome: 401 });
    await journal.deleteByPrefix(`${WORKSPACE}/`);
    expect((await log.list(WORKSPACE, { limit: 9 })).entries).toHaveLength(1);
    const [signIn] = (await log.list('installation', { limit: 9 })).entries;
    expect(signIn).not.toHaveProperty('time');
  });

  it('names the first entry that somebody changed', async () => {
    for (const action of ['a', 'b', 'c']) await log.record(WORKSPACE, note(action));
    const stream = streams.audit(WORKSPACE);
    const kept = await journal.read(stream);
    await journal.remove([stream]);
    const forged = kept.map(({ event }, index) =>
      index === 1 ? { event: { ...(event as object), outcome: 403 } } : { event },
    );
    await journal.append(stream, 0, forged);
    expect(await open().check(WORKSPACE)).toMatchObject({ intact: false, brokenAt: 2, entries: 1 });
  });

  it('fails for those whose entries could not be written, and goes on for the next', async () => {
    const append = journal.append.bind(journal);
    journal.append = () => Promise.reject(new Error('away'));
    await expect(log.record(WORKSPACE, note('lost'))).rejects.toThrow('away');
    journal.append = append;
    await log.record(WORKSPACE, note('kept'));
    expect(await log.check(WORKSPACE)).toMatchObject({ entries: 1, intact: true });
  });
});
