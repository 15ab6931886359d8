import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkCandidate } from '../../../app/block-conformance/check-candidate.js';
import { parseCredentials } from '../../../app/block-conformance/credentials.js';
import { conformanceHtml } from '../../../app/block-conformance/reports/html-report.js';
import { conformanceJunit } from '../../../app/block-conformance/reports/junit-report.js';
import { textReport } from '../../../app/block-conformance/reports/text-report.js';
import { startMockServer, type MockServer } from '../../../app/mock-server.js';
import { silentLogger } from '../../../contracts/logger.js';

const realClock = { now: () => new Date() };
let server: MockServer;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  const seed = 'compliance';
  server = await startMockServer({
    block: 'payments',
    seed,
    port: 0,
    host: '127.0.0.1',
    realClock,
    logger: silentLogger,
  });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

describe('checking a candidate over HTTP', () => {
  it('passes our own account mapper, callbacks included, and says what was testable', async () => {
    const report = await checkCandidate({
      block: 'payments',
      url: server.origin,
      profile: 'payments/mapper',
      realClock,
    });
    expect(report).toMatchObject({
      verdict: 'passed',
      specification: { version: '1.0.0' },
      index: { operations: { count: 4, of: 4 } },
    });
    expect(textReport(report)).toContain('Score 100 %');
    expect(conformanceHtml(report)).toContain('All checks that could be made passed');
  });

  it('shows what is wrong with request and answer, without the credentials', async () => {
    const fixtures = join(folder, 'fixtures.yaml');
    await writeFile(fixtures, 'programme: X\nunknownAccount: null\n');
    const secret = 'very-secret-token';
    const report = await checkCandidate({
      block: 'payments',
      url: `${server.origin}/elsewhere`,
      profile: 'mapper',
      auth: `bearer ${secret}`,
      fixtures,
      realClock,
    });
    // Nothing is there: that is no violation, and no success either.
    expect(report.verdict).toBe('not-testable');
    const junit = conformanceJunit(report);
    expect(junit).toContain('<skipped message="not-offered');
    expect(JSON.stringify(report) + junit + conformanceHtml(report)).not.toContain(secret);
    await expect(readFile(fixtures, 'utf8')).resolves.toContain('programme');
  });

  it('sends nothing that writes when it may only read', async () => {
    const report = await checkCandidate({
      block: 'payments',
      url: server.origin,
      profile: 'mapper',
      readOnly: true,
      realClock,
    });
    expect(report.index.operations).toMatchObject({ count: 1, of: 4 });
    expect(report.checks.filter(({ outcome }) => outcome.kind === 'skipped').length).toBeGreaterThan(10);
  });

  it('refuses options that mean nothing', async () => {
    const given = { block: 'payments', url: server.origin, realClock } as const;
    await expect(checkCandidate({ ...given, profile: 'none' })).rejects.toMatchObject({
      code: 'GSB-REQ-002',
    });
    await expect(checkCandidate({ ...given, url: 'ftp://x' })).rejects.toMatchObject({ code: 'GSB-REQ-001' });
    expect(() => parseCredentials('hunter2')).toThrow(expect.objectContaining({ code: 'GSB-REQ-001' }));
    const fixtures = join(folder, 'wrong.yaml');
    await writeFile(fixtures, 'pyaer: X\n');
    await expect(checkCandidate({ ...given, fixtures })).rejects.toMatchObject({
      detail: expect.stringContaining('pyaer'),
    });
  });

  it('says that nobody answers', async () => {
    const report = await checkCandidate({ block: 'payments', url: 'http://127.0.0.1:1', realClock });
    expect(report).toMatchObject({
      verdict: 'not-testable',
      detail: expect.stringContaining('nobody answers'),
    });
  });
});
