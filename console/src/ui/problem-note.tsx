import type { ReactElement } from 'react';
import { ApiProblem } from '../api/problem.js';
import { useI18n } from '../i18n/i18n.js';
import { Told } from './told.js';

const STORE_AWAY = 'GSB-STO-001';

/** What went wrong, why, and what to do about it, as the server says it; `again` offers another try. */
export function ProblemNote({
  error,
  again,
}: {
  readonly error: unknown;
  readonly again?: () => void;
}): ReactElement {
  const { t } = useI18n();
  const problem = error instanceof ApiProblem ? error : undefined;
  // What passes by itself is said without the server's own words, which tell more of everything else.
  const passing =
    problem?.status === 0
      ? t('problem.offline')
      : problem?.code === STORE_AWAY
        ? t('problem.away')
        : undefined;
  return (
    <div className="note note-bad" role="alert">
      <p className="note-title">
        {passing !== undefined || problem === undefined || problem.title === '' ? (
          t('problem.title')
        ) : (
          <Told text={problem.title} />
        )}
      </p>
      {passing === undefined ? (
        <p dir="auto">
          <Told text={problem?.detail ?? String(error)} />{' '}
          {problem === undefined || problem.fix === '' ? null : <Told text={problem.fix} />}
        </p>
      ) : (
        <p>{passing}</p>
      )}
      {again === undefined ? null : (
        <button type="button" className="button" onClick={again}>
          {t('problem.retry')}
        </button>
      )}
    </div>
  );
}
