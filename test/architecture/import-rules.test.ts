import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ICruiseResult } from 'dependency-cruiser';
import { copyFile, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brokenImports, targets } from './broken-imports.js';
import { cruiseRooms, ruleNames, violationsOf } from './cruise-rooms.js';
import { ROOT, roomSources } from './source-files.js';

describe('the imports of this project', () => {
  let result: ICruiseResult;
  beforeAll(async () => {
    result = await cruiseRooms(ROOT);
  }, 120_000);

  it('keep to the rules', () => {
    expect(violationsOf(result)).toEqual([]);
  });

  it('are all read: every source file of every room', async () => {
    const read = new Set(result.modules.map(({ source }) => source));
    const sources = await roomSources();
    expect(sources.filter((path) => !read.has(path))).toEqual([]);
    expect(result.summary.totalCruised).toBeGreaterThanOrEqual(sources.length);
    // The rooms are there at all, and their imports were followed.
    expect(sources.length).toBeGreaterThan(500);
    expect(result.summary.totalDependenciesCruised ?? 0).toBeGreaterThan(2_000);
  });
});

describe('each import rule', () => {
  let root: string;
  let result: ICruiseResult;

  beforeAll(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'broken-imports-')));
    const files = Object.assign(
      {},
      targets,
      ...brokenImports.map((broken) => broken.files),
    ) as typeof targets;
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    // Which packages are for development only is read from the project's own list.
    await copyFile(join(ROOT, 'package.json'), join(root, 'package.json'));
    await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'junction');
    result = await cruiseRooms(root);
  }, 120_000);

  afterAll(() => rm(root, { recursive: true, force: true }));

  it('has an import that breaks it', () => {
    expect(brokenImports.map(({ rule }) => rule).sort()).toEqual([...ruleNames].sort());
  });

  it.each(brokenImports.map((broken) => [broken.rule, broken] as const))(
    '%s catches what it forbids, and nothing else',
    (rule, { caught }) => {
      const found = result.summary.violations
        .filter((violation) => violation.rule.name === rule)
        .map(({ from, to }) => [from, to] as const);
      expect(found.map(([from]) => from).sort()).toEqual(caught.map(([from]) => from).sort());
      for (const [from, end] of caught) {
        const to = found.find(([source]) => source === from)?.[1] ?? '';
        expect([from, to.endsWith(end) ? end : to]).toEqual([from, end]);
      }
    },
  );
});
