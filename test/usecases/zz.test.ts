import { it } from '@jest/globals';
import { compile } from '../../orchestrator/expressions/compiled/compile.js';
import { expressionsOf, tasksOf, workflows } from './use-case-files.js';
it('x', () => {
  const slow: string[] = [];
  for (const d of workflows()) for (const f of tasksOf(d.do, '/do')) for (const e of expressionsOf(f)) if (compile(e.program) === undefined) slow.push(`${d.document.name} ${e.pointer}: ${e.program.slice(0, 90)}`);
  console.log(slow.join('\n'));
});
