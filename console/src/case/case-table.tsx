import { memo, type ReactElement } from 'react';
import { Link } from 'react-router';
import type { Case } from '../../../contracts/case.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { Moment } from '../ui/moment.js';
import { Said } from '../ui/said.js';
import { StateBadge } from './state-badge.js';

/** The list of cases: a table, which narrow screens show as one card per case. */
export function CaseTable({ cases }: { readonly cases: readonly Case[] }): ReactElement {
  const { t } = useI18n();
  return (
    <table className="case-table">
      <thead>
        <tr>
          <th scope="col">{t('cases.number')}</th>
          <th scope="col">{t('cases.kind')}</th>
          <th scope="col">{t('cases.state')}</th>
          <th scope="col">{t('cases.step')}</th>
          <th scope="col">{t('cases.opened')}</th>
        </tr>
      </thead>
      <tbody>
        {cases.map((one) => (
          <Row key={one.id} of={one} />
        ))}
      </tbody>
    </table>
  );
}

const Row = memo(
  function Row({ of }: { readonly of: Case }): ReactElement {
    const { t } = useI18n();
    const texts = useUseCaseTexts(of.useCase);
    return (
      <tr>
        <th scope="row">
          <Link to={`/cases/${of.id}`}>{of.number}</Link>
        </th>
        <td data-label={t('cases.kind')}>
          <Said said={texts.kind(of.kind)} />
        </td>
        <td data-label={t('cases.state')}>
          <StateBadge of={of} />
          {of.trouble === undefined ? null : <span className="trouble-mark">⚠ {t('cases.inTrouble')}</span>}
        </td>
        <td data-label={t('cases.step')}>
          {of.step === undefined ? '–' : <Said said={texts.step(of.step)} />}
        </td>
        <td data-label={t('cases.opened')}>
          <Moment at={of.openedAt} />
        </td>
      </tr>
    );
  },
  (one, other) =>
    one.of.id === other.of.id &&
    one.of.state === other.of.state &&
    one.of.step === other.of.step &&
    one.of.trouble === other.of.trouble,
);
