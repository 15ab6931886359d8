import type { ReactElement } from 'react';
import type { RunStatus } from '../../../contracts/run-event.js';
import { useBlocks } from '../api/block-queries.js';
import { useUseCases } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';

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
  const { data: useCases = [] } = useUseCases();
  const workflows = [...new Set(useCases.flatMap((one) => one.workflows.map(({ name }) => name)))];
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
          placeholder="USCT-A-000001"
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
        workflows.map((value) => ({ value, text: value })),
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
