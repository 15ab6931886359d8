import { useState, type ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useChange } from './workspace-queries.js';

export function ResetPanel(): ReactElement {
  const { t } = useI18n();
  const [asking, setAsking] = useState(false);
  const reset = useChange<undefined>(async (api) => {
    await api.post('/api/v1/reset');
    setAsking(false);
  });
  return (
    <section className="card" aria-labelledby="place-reset">
      <h2 id="place-reset">{t('place.reset')}</h2>
      <p className="quiet">{t('place.resetHint')}</p>
      <div className="buttons">
        {asking ? (
          <>
            <button
              type="button"
              className="button button-main"
              disabled={reset.isPending}
              onClick={() => reset.mutate()}
            >
              {t('place.resetSure')}
            </button>
            <button type="button" className="button" onClick={() => setAsking(false)}>
              {t('place.keep')}
            </button>
          </>
        ) : (
          <button type="button" className="button" onClick={() => setAsking(true)}>
            {t('place.reset')}
          </button>
        )}
      </div>
      <p role="status">{reset.isSuccess ? t('place.resetDone') : null}</p>
      {reset.isError ? <ProblemNote error={reset.error} /> : null}
    </section>
  );
}
