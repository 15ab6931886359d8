import type { Path } from '../source/path.js';
import type { Report } from '../source/report.js';
import { listed, suggestion } from '../source/suggest.js';
import { entriesOf, isMapping, tasksOf, type ListSite, type TaskSite } from './walk.js';

const directives = ['continue', 'exit', 'end'];

/** Where the flow goes: targets that do not exist, tasks and cases that nothing leads to, names that stand twice. */
export function lintFlow(document: unknown, report: Report): void {
  const lists = new Map<ListSite, TaskSite[]>();
  for (const site of tasksOf(document)) {
    for (const { path, target } of targetsOf(site)) lintTarget(site, path, target, report);
    lintCases(site, report);
    if (site.list === undefined) continue;
    const members = lists.get(site.list) ?? [];
    members.push(site);
    lists.set(site.list, members);
  }
  for (const [list, sites] of lists) {
    lintNames(sites, report);
    if (list.kind === 'sequence') lintReach(list, sites, report);
  }
}

interface Target {
  readonly path: Path;
  readonly target: string;
}

function targetsOf({ path, task }: TaskSite): readonly Target[] {
  const own = asTarget(task['then'], [...path, 'then']);
  const caught = isMapping(task['catch']) ? asTarget(task['catch']['then'], [...path, 'catch', 'then']) : [];
  return [
    ...own,
    ...caught,
    ...casesOf(task, path).flatMap(({ then, at }) => asTarget(then, [...at, 'then'])),
  ];
}

const asTarget = (then: unknown, path: Path): readonly Target[] =>
  typeof then === 'string' ? [{ path, target: then }] : [];

interface Case {
  readonly name: string;
  readonly at: Path;
  readonly when: unknown;
  readonly then: unknown;
}

function casesOf(task: TaskSite['task'], path: Path): readonly Case[] {
  const cases = task['switch'];
  if (!Array.isArray(cases)) return [];
  return cases.flatMap((entry: unknown, index) =>
    entriesOf(entry).flatMap(([name, branch]) =>
      isMapping(branch)
        ? [{ name, at: [...path, 'switch', index, name], when: branch['when'], then: branch['then'] }]
        : [],
    ),
  );
}

function lintTarget({ list }: TaskSite, path: Path, target: string, report: Report): void {
  if (directives.includes(target)) return;
  const siblings =
    list === undefined || list.kind === 'branches' ? new Map<string, number>() : list.positions;
  if (siblings.has(target)) return;
  report.add('unknown-target', path, () => ({
    name: target,
    known: listed(siblings.keys()),
    suggestion: suggestion(target, [...directives, ...siblings.keys()]),
  }));
}

function lintCases({ task, path }: TaskSite, report: Report): void {
  let open: string | undefined;
  for (const { name, at, when } of casesOf(task, path)) {
    if (open !== undefined) report.add('unreachable-case', at, { name, before: open }, 'key');
    else if (when === undefined) open = name;
  }
}

function lintNames(sites: readonly TaskSite[], report: Report): void {
  const seen = new Set<string>();
  for (const { name, path } of sites) {
    if (seen.has(name)) report.add('duplicate-task-name', path, { name }, 'key');
    seen.add(name);
  }
}

/** Walks the list from its first task along everything that may come next. Of a run of dead tasks the first is named. */
function lintReach(list: ListSite, sites: readonly TaskSite[], report: Report): void {
  const reached = new Set<number>();
  const open = [0];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const site = sites[index];
    if (site === undefined || reached.has(index)) continue;
    reached.add(index);
    for (const target of nextOf(site)) {
      if (target === 'continue') open.push(index + 1);
      else if (!directives.includes(target)) open.push(list.positions.get(target) ?? -1);
    }
  }
  for (const [index, { name, path }] of sites.entries()) {
    if (!reached.has(index) && (index === 0 || reached.has(index - 1)))
      report.add('unreachable-task', path, { name }, 'key');
  }
}

/** Every directive or name by which the flow may leave a task without an error. */
function nextOf({ task, path }: TaskSite): readonly string[] {
  const skipped = task['if'] === undefined ? [] : ['continue'];
  if ('raise' in task) return skipped;
  const then = typeof task['then'] === 'string' ? task['then'] : 'continue';
  const cases = casesOf(task, path);
  if (cases.length > 0) {
    const chosen = cases.map((one) => (typeof one.then === 'string' ? one.then : 'continue'));
    return [...skipped, ...chosen, ...(cases.some(({ when }) => when === undefined) ? [] : [then])];
  }
  const caught = isMapping(task['catch']) ? task['catch']['then'] : undefined;
  return [...skipped, then, ...(typeof caught === 'string' ? [caught] : [])];
}
