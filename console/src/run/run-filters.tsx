import type { ReactElement } from 'react';
import type { RunStatus } from '../../../contracts/run-event.js';
import { useBlocks } from '../api/block-queries.js';
import { useI18n } from '../i18n/i18n.js';
import { useWorkflowTitles } from '../i18n/workflow-titles.js';

const statuses: readonly RunStatus[] = [
  'running',
  'waiting',
  'suspended',
  'faulted',
  'completed',
  'cancelled',
];

interface FilterProps {
  readonly values: Readonly<Record<string, string>>;
  readonly choose: (name: string, value: string) => void;
}

export function RunFilters({ values, choose }: FilterProps): ReactElement {
  const { t } = useI18n();
  const { data: blocks = [] } = useBlocks();
  const workflows = useWorkflowTitles();
  // Two use cases may have a workflow of one name, and call it differently.
  const called = (wanted: string): string =>
    [...new Set(workflows.flatMap(({ name, title }) => (name === wanted ? [title.text] : [])))].join(' · ');
  const select = (
    name: string,
    label: string,
    options: readonly { readonly value: string; readonly text: string }[],
  ): ReactElement => (
    <label>
      <span>{label}</span>
      <select value={values[name] ?? ''} onChange={({ target }) => choose(name, target.value)}>
        <option value="">{t('runs.any')}</option>
        {options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  const date = (name: string, label: string): ReactElement => (
    <label>
      <span>{label}</span>
      <input type="date" value={values[name] ?? ''} onChange={({ target }) => choose(name, target.value)} />
    </label>
  );
  return (
    <div className="filters">
      <label>
        <span>{t('runs.search')}</span>
        <input
          type="search"
          value={values['search'] ?? ''}
          title={t('runs.searchHint')}
          onChange={({ target }) => choose('search', target.value)}
        />
      </label>
      {select(
        'state',
        t('runs.state'),
        statuses.map((value) => ({ value, text: t(`runState.${value}`) })),
      )}
      {select(
        'workflow',
        t('runs.workflow'),
        [...new Set(workflows.map(({ name }) => name))].map((value) => ({ value, text: called(value) })),
      )}
      {select(
        'block',
        t('runs.block'),
        blocks.map(({ id }) => ({ value: id, text: t(`block.${id}`) })),
      )}
      {date('since', t('runs.since'))}
      {date('until', t('runs.until'))}
    </div>
  );
}
