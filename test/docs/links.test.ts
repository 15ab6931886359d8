import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const notOurs = new Set(['node_modules', 'dist', '.git', '.sandbox', 'coverage']);

function filesUnder(folder: string, extension: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path, extension);
    return entry.name.endsWith(extension) ? [path] : [];
  });
}

interface Link {
  readonly from: string;
  readonly to: string;
}

/** Links and pictures of a page, without those in code. */
function linksIn(file: string): Link[] {
  const text = readFileSync(file, 'utf8')
    .replaceAll(/^( *)(```|~~~)[\s\S]*?^\1\2/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');
  const inline = [...text.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)];
  const html = [...text.matchAll(/(?:src|href)="([^"]+)"/g)];
  return [...inline, ...html].map(([, to = '']) => ({ from: relative(root, file), to }));
}

/** The anchors that a page's headings get, as forges make them. */
function anchorsIn(file: string): Set<string> {
  const headings = [...readFileSync(file, 'utf8').matchAll(/^#{1,6} +(.+)$/gm)];
  return new Set(
    headings.map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{Letter}\p{Number}\p{Mark} _-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}

const pages = filesUnder(root, '.md');
const links = pages.flatMap(linksIn).filter(({ to }) => !/^[a-z]+:/i.test(to));

describe('the documentation', () => {
  it('has links to check', () => {
    expect(pages.length).toBeGreaterThan(20);
    expect(links.length).toBeGreaterThan(40);
  });

  it('has no relative link that leads nowhere', () => {
    const broken = links.filter(({ from, to }) => {
      const [path = '', anchor] = to.split('#');
      const target = path === '' ? join(root, from) : resolve(root, dirname(from), decodeURI(path));
      if (!existsSync(target) || relative(root, target).startsWith('..')) return true;
      if (anchor === undefined) return false;
      return statSync(target).isDirectory() || !anchorsIn(target).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('is reached from the README, page by page', () => {
    const seen = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const { to } of linksIn(join(root, file)).filter(
        ({ to: address }) => !/^[a-z]+:/i.test(address),
      )) {
        const target = resolve(root, dirname(file), (to.split('#')[0] ?? '') || file);
        if (target.endsWith('.md') && existsSync(target)) visit(relative(root, target));
      }
    };
    visit('README.md');
    const docs = filesUnder(join(root, 'docs'), '.md').map((file) => relative(root, file));
    expect(docs.filter((file) => !seen.has(file))).toEqual([]);
  });

  it('has pictures that draw with nothing from outside', () => {
    const pictures = filesUnder(join(root, 'docs'), '.svg');
    expect(pictures.length).toBeGreaterThan(1);
    for (const picture of pictures) {
      const text = readFileSync(picture, 'utf8').replaceAll('http://www.w3.org/2000/svg', '');
      expect(text).not.toMatch(/https?:|<script|<image|@import/);
      expect(text).toMatch(/<title[\s>]/);
    }
  });
});
