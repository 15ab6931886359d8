import type { ReactElement } from 'react';
import { ApiProblem } from '../api/problem.js';
import { useI18n } from '../i18n/i18n.js';

/** What went wrong and what to do about it, in the server's words; `again` offers another try. */
export function ProblemNote({
  error,
  again,
}: {
  readonly error: unknown;
  readonly again?: () => void;
}): ReactElement {
  const { t } = useI18n();
  const problem = error instanceof ApiProblem ? error : undefined;
  const detail = problem?.status === 0 ? t('problem.offline') : (problem?.detail ?? String(error));
  return (
    <div className="note note-bad" role="alert">
      <p className="note-title">
        {problem?.title === undefined || problem.title === '' ? (
          t('problem.title')
        ) : (
          <span dir="auto">{problem.title}</span>
        )}
      </p>
      <p dir="auto">
        {detail} {problem?.fix}
      </p>
      {again === undefined ? null : (
        <button type="button" className="button" onClick={again}>
          {t('problem.retry')}
        </button>
      )}
    </div>
  );
}
