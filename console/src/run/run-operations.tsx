import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { Run } from '../../../contracts/run.js';
import { useApi } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { ProblemNote } from '../ui/problem-note.js';

type Operation = 'suspend' | 'resume' | 'cancel' | 'retry';

/** What those who operate the sandbox can do to a run in its present state. */
export function RunOperations({ run }: { readonly run: Run }): ReactElement {
  const { t } = useI18n();
  const api = useApi();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const operate = useMutation({
    mutationFn: (operation: Operation) => api.post(`/api/v1/runs/${run.id}/${operation}`),
    onSettled: () => {
      setAsking(false);
      return client.invalidateQueries({ queryKey: ['run', run.id] });
    },
  });
  const button = (operation: Operation, main = false): ReactElement => (
    <button
      key={operation}
      type="button"
      className={main ? 'button button-main' : 'button'}
      disabled={operate.isPending}
      onClick={() => (operation === 'cancel' ? setAsking(true) : operate.mutate(operation))}
    >
      {t(`run.${operation}`)}
    </button>
  );
  return (
    <>
      {run.status === 'faulted' ? button('retry', true) : null}
      {run.status === 'suspended' ? button('resume', true) : null}
      {run.status === 'running' || run.status === 'waiting' ? button('suspend') : null}
      {run.endedAt === undefined || run.status === 'faulted' ? button('cancel') : null}
      {asking ? (
        <div className="note note-bad" role="alertdialog" aria-label={t('run.cancel')}>
          <p>{t('run.sure')}</p>
          <p className="buttons">
            <button
              type="button"
              className="button button-main"
              autoFocus
              disabled={operate.isPending}
              onClick={() => operate.mutate('cancel')}
            >
              {t('run.yesCancel')}
            </button>
            <button type="button" className="button" onClick={() => setAsking(false)}>
              {t('run.keep')}
            </button>
          </p>
        </div>
      ) : null}
      {operate.isError ? <ProblemNote error={operate.error} /> : null}
    </>
  );
}
