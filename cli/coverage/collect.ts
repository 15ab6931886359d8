import type { Coverage, CoverageCount } from '../../app/project.js';
import type { Run } from '../../contracts/run.js';
import type { RunEvent } from '../../contracts/run-event.js';
import type { ApiClient } from '../api-client.js';

const PAGE = 5_000;

/** Reads the journals of every run of the workspace into a count. */
export async function collect(trainer: ApiClient, count: CoverageCount): Promise<void> {
  const { runs } = await trainer.get<{ runs: readonly Run[] }>('/runs?limit=500');
  for (const { id } of runs) {
    const events: RunEvent[] = [];
    for (;;) {
      const page = await trainer.get<{ events: readonly { readonly event: RunEvent }[] }>(
        `/runs/${id}/events?after=${events.length}&limit=${PAGE}`,
      );
      events.push(...page.events.map(({ event }) => event));
      if (page.events.length < PAGE) break;
    }
    count.add(events);
  }
}

/** What `--coverage` prints. */
export function coverageText({ tasks, branches, missing }: Coverage): string {
  const line = (name: string, share: Coverage['tasks']): string =>
    `  ${name.padEnd(9)} ${share.percent} % (${share.reached} of ${share.of})`;
  const list = (title: string, ids: readonly string[]): readonly string[] =>
    ids.length === 0 ? [] : [`  ${title} that no scenario came to:`, ...ids.map((id) => `    ${id}`)];
  return [
    'Coverage by scenarios',
    line('tasks', tasks),
    line('branches', branches),
    ...list('Tasks', missing.tasks),
    ...list('Branches', missing.branches),
  ].join('\n');
}
