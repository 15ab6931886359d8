import { problems, type ProblemDefinition } from '../../contracts/problems.js';
import { code, page, table } from './markdown.js';

const families: Readonly<Record<string, string>> = {
  REQ: 'Requests',
  AUT: 'Signing in and permissions',
  DEF: 'Use cases and workflow documents',
  RUN: 'Runs',
  BLK: 'Building blocks',
  STO: 'Stores',
  CFG: 'Starting',
  CLI: 'The command line',
};

/** Every error with its code, what happened and what to do. */
export function errorsPage(): string {
  const all: readonly (readonly [string, ProblemDefinition])[] = Object.entries(problems);
  const sections = Object.entries(families).flatMap(([family, heading]) => {
    const rows = all.filter(([name]) => name.startsWith(`GSB-${family}-`));
    return [
      `## ${heading}`,
      table(
        ['Code', 'Status', 'What happened', 'What to do'],
        rows.map(([name, { status, title, fix }]) => [code(name), String(status), title, fix]),
      ),
    ];
  });
  const left = all.filter(
    ([name]) => !Object.keys(families).some((family) => name.startsWith(`GSB-${family}-`)),
  );
  if (left.length > 0) throw new Error(`No heading for ${left.map(([name]) => name).join(', ')}`);
  return page('Errors', '`contracts/problems.ts`', [
    'A code never changes its meaning. Over HTTP an error is a problem document (RFC 9457) with the members `type`, `code`, `title`, `status`, `detail` and `fix`; what is wrong with a request stands under `errors`, field by field. The command line prints the same words. Building blocks answer in the shape of their own documents instead.',
    'An answer with the code `GSB-000` is a defect of the sandbox: please report it.',
    ...sections,
  ]);
}
