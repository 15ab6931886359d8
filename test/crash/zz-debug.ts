import { createChance } from '../../cli/cohort/random.js';
import { runCohort } from '../../cli/cohort/run-cohort.js';
import { openCrashSession } from './crash-session.js';
import { followPlan } from './kill-plan.js';
const t0 = performance.now();
const say = (m: string) => console.log(Math.round(performance.now()-t0), m);
const session = await openCrashSession();
const { sandbox, access, useCase, trainer } = session;
say('up');
const plan = process.argv[2] === 'none' ? [] : [
  { type: 'task.completed', task: 'noteSubmission', nth: 8, after: [0, 300] },
  { type: 'task.started', task: 'sendBatch', after: [0, 450] },
  { type: 'task.completed', task: 'sendBatch', after: [50, 900] },
] as const;
for (const f of [{ block: 'payments', kind: 'latency', operationId: 'handOverBatch', milliseconds: 300 },
  { block: 'financial-institution', kind: 'latency', operationId: 'creditAccounts', milliseconds: 500 }]) { const {block, ...r} = f; await access.as(trainer).post(`/blocks/${block}/faults`, r);}
say('faults');
const k = followPlan(sandbox, access, trainer, plan, createChance(1));
const i = setInterval(async () => { say(JSON.stringify(k.done)+ ' ready ' + await fetch(sandbox.origin + '/ready').then(r => r.text(), e => String(e))); }, 2000);
setTimeout(async () => { 
  const { cases } = await access.as(trainer).get<any>('/cases?limit=500'); 
  const n: any = {}; for (const c of cases) n[c.kind+':'+c.state+(c.trouble??'')] = (n[c.kind+':'+c.state+(c.trouble??'')]??0)+1; console.log(n); console.log(sandbox.printed());
  const { runs } = await access.as(trainer).get<any>('/runs'); const m: any = {}; for (const r of runs) { const key = r.workflow.name + ':' + r.status + ':' + r.waiting.map((w:any)=>w.name+'/'+w.kind).join(','); m[key] = (m[key]??0)+1; } console.log(m);
  process.exit(1)}, 60000);
const report = await runCohort({ session: access, useCase, rows: 40, seed: 2026, trainer, write: say });
await k.stop(); say(JSON.stringify(k.done)); say(JSON.stringify(report.differences)); console.log(sandbox.recovered());
clearInterval(i);
await session.close(); process.exit(0);
