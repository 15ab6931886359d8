import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { magicTables } from '../../app/docs/magic-tables.js';
import type { BlockId } from '../../contracts/block.js';
import { casesOf, rulesOf, stages } from '../../mocks/kit/rules.js';
import { createOperationTable } from '../../mocks/kit/operation-table.js';
import { loadOpenApi } from '../../mocks/kit/load-openapi.js';
import { merchantTable } from '../../mocks/payments/outcomes.js';
import { catalogues, rulesIn, undeclared } from './kit/rules-seen.js';

const root = join(import.meta.dirname, '../../mocks');
const blocks = Object.keys(catalogues) as BlockId[];

function sourceOf(block: BlockId): string {
  return readdirSync(join(root, block), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'rules.ts')
    .map((name) => readFileSync(join(root, block, name), 'utf8'))
    .join('\n');
}

function operationsOf(block: BlockId): string[] {
  const document = loadOpenApi(
    new URL(`../../mocks/${block}/block.ts`, import.meta.url).href,
    './openapi.yaml',
  );
  return createOperationTable(document).operations.map(({ operationId }) => operationId);
}

describe.each(blocks)('the rules of %s', (block) => {
  const catalogue = catalogues[block]!;
  const source = sourceOf(block);
  const ofKit = new Set<string>(stages.flatMap(({ rules }) => rules.map(([rule]) => rule)));

  it('are all that its sources answer by', () => {
    const named = source.replace(/magicRule\('([a-z-]+)'\)/g, "'magic:$1'");
    const answered = [...named.matchAll(/\brule(?::| =) ([^,;\n]*)/g)].flatMap(([, text = '']) =>
      [...text.matchAll(/(?<![=!]== )'([a-z][a-z0-9:-]*)'/g)].map(([, rule = '']) => rule),
    );
    expect(answered.length).toBeGreaterThan(0);
    expect(answered.filter((rule) => !(rule in catalogue) && !ofKit.has(rule))).toEqual([]);
  });

  it('are all answered by somewhere in its sources', () => {
    const unused = Object.keys(catalogue).filter((rule) => {
      if (ofKit.has(rule) || rule.startsWith('refused:')) return false;
      // `magic-values.test.ts` walks the tables row by row.
      if (rule.startsWith('magic:')) return !/magic(Rule|Refusal)\(/.test(source);
      const [before = '', after] = rule.split(/:(.*)/);
      const made = after !== undefined && source.includes(`\`${before}:\${`);
      // `voucher-${stage}` and its kin.
      const stem = rule.replace(/-[a-z]+$/, '');
      return !source.includes(`'${rule}'`) && !made && !source.includes(`\`${stem}-\${`);
    });
    expect(unused).toEqual([]);
  });

  it('name operations of its document, and at least one for each operation', () => {
    const operations = operationsOf(block);
    const named = new Set(
      Object.values(catalogue).flatMap((cases) => casesOf(cases).flatMap((one) => one.operations)),
    );
    expect([...named].filter((id) => !operations.includes(id))).toEqual([]);
    const succeeds = new Set(
      Object.entries(catalogue)
        .filter(([rule]) => !rule.startsWith('refused:') && !ofKit.has(rule))
        .flatMap(([, cases]) => casesOf(cases).flatMap((one) => one.operations)),
    );
    expect(operations.filter((id) => !succeeds.has(id))).toEqual([]);
  });

  it('say when, in a sentence without a full stop', () => {
    for (const { when } of rulesOf(catalogue, operationsOf(block))) expect(when).toMatch(/^[A-Z].*[^.]$/);
  });
});

describe('magic values', () => {
  const rows = [
    ...magicTables.flatMap(({ block, values }) => values.map(({ outcome }) => `${block} magic:${outcome}`)),
    ...merchantTable.values.map(({ outcome }) => `payments magic:${outcome}`),
  ];

  it('declare a rule for each row of their tables, and there is no other', () => {
    const declared = blocks.flatMap((block) =>
      Object.keys(catalogues[block]!).flatMap((rule) =>
        rule.startsWith('magic:') ? [`${block} ${rule}`] : [],
      ),
    );
    expect([...new Set(rows)].sort()).toEqual(declared.sort());
  });
});

describe('the check of rules', () => {
  const request = { method: 'GET', path: '/', query: {}, headers: {} } as const;
  const seen = (operationId: string, rule: string | undefined, status: number) => ({
    block: 'payments' as const,
    operationId,
    request,
    response: { status, headers: rule === undefined ? {} : { 'x-sandbox-rule': rule } },
    answeredBy: 'mock',
    faults: [],
    startedAt: new Date(0),
    milliseconds: 0,
  });

  it('finds an undeclared rule, a wrong status, another operation, and no rule at all', () => {
    expect(undeclared(seen('readLedger', 'read', 200))).toBeUndefined();
    expect(undeclared(seen('readLedger', 'invalid-request', 400))).toBeUndefined();
    expect(undeclared(seen('readLedger', 'invented', 200))).toContain('does not declare');
    expect(undeclared(seen('readLedger', 'read', 201))).toContain('answered 201');
    expect(undeclared(seen('readBatch', 'read', 200))).toContain('readBatch');
    expect(undeclared(seen('readLedger', undefined, 200))).toContain('(none)');
    const redeemed = (rule: string) => undeclared(seen('voucherRedemption', rule, 463));
    expect(redeemed('magic:closed-account,unknown-account')).toBeUndefined();
    expect(redeemed('magic:closed-account,invented')).toContain('does not declare');
  });
});

/** What `npm run rules` found; the rest of the check needs all suites of the blocks to have run. */
const reached = process.env['RULES_REACHED'];

(reached === undefined ? describe.skip : describe)('the suites of the blocks', () => {
  interface Line {
    readonly block: BlockId;
    readonly rule?: string;
    readonly status: number;
  }
  const lines =
    reached === undefined
      ? []
      : readdirSync(reached).flatMap((name) =>
          readFileSync(join(reached, name), 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Line),
        );
  const found = new Set(
    lines.flatMap(({ block, rule = '', status }) => rulesIn(rule).map((one) => `${block} ${one} ${status}`)),
  );

  it.each(blocks)('reach each rule of %s with each of its statuses', (block) => {
    const declared = Object.entries(catalogues[block]!).flatMap(([rule, cases]) =>
      casesOf(cases).map(({ status }) => `${block} ${rule} ${status}`),
    );
    expect(declared.filter((one) => !found.has(one))).toEqual([]);
  });
});
