import type { Presence } from '../presence.js';
import { good, problem, warning, type Finding } from './finding.js';

const WHAT = 'Processes';

/** Workers and building blocks of another version read and write the same data: they must be of one version. */
export function judgeProcesses(present: readonly Presence[], version: string): readonly Finding[] {
  const others = present.filter((one) => one.version !== version);
  if (others.length > 0)
    return [
      problem(
        WHAT,
        `of another version than ${version}: ${others.map((one) => `${one._id} is ${one.version}`).join(', ')}`,
        'Stop all, update all, start all: processes of one installation must be of one version.',
      ),
    ];
  const servers = present.filter(({ kind }) => kind === 'server').length;
  if (servers > 1)
    return [
      warning(
        WHAT,
        `${servers} times \`sandbox up\` on one installation`,
        'Stop all but one: docs/explanations/laptop-to-national.md says what each keeps to itself.',
      ),
    ];
  const count = (kind: Presence['kind']): number => present.filter((one) => one.kind === kind).length;
  return [
    good(
      WHAT,
      `${servers} server, ${count('worker')} workers, ${count('blocks')} of building blocks, all ${version}`,
    ),
  ];
}
