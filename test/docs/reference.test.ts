import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { referencePages } from '../../app/docs/reference-pages.js';
import { cliPage } from '../../cli/docs/cli-page.js';
import { diagnosticCatalog } from '../../contracts/diagnostic-catalog.js';
import { problems } from '../../contracts/problems.js';
import { permissions } from '../../orchestrator/http/permissions.js';

const pages = new Map([...(await referencePages()), ['cli.md', await cliPage()]]);

describe('the generated reference', () => {
  it.each([...pages])('%s is what the code says (else: npm run docs)', (name, text) => {
    expect(readFileSync(new URL(`../../docs/reference/${name}`, import.meta.url), 'utf8')).toBe(text);
  });

  it('leaves nothing out', () => {
    for (const code of Object.keys(problems)) expect(pages.get('errors.md')).toContain(`\`${code}\``);
    for (const route of Object.keys(permissions))
      expect(pages.get('permissions.md')).toContain(`\`${route}\``);
    for (const command of ['up', 'run', 'validate', 'new', 'doctor', 'reset'])
      expect(pages.get('cli.md')).toContain(`## ${command}\n`);
    for (const code of Object.keys(diagnosticCatalog))
      expect(pages.get('diagnostics.md')).toContain(`\`${code}\``);
    expect(pages.get('use-cases.md')).toContain('usct-demo');
    expect(pages.get('magic-values.md')).toContain('`0005`');
  });
});
