import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Case } from '../../../contracts/case.js';
import type { Principal } from '../../../contracts/identity.js';
import type { Run } from '../../../contracts/run.js';
import { useApi } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { mayOperate } from '../model/acting.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Told } from '../ui/told.js';

interface TroubleProps {
  readonly of: Case;
  readonly runs: readonly Run[];
  readonly principal: Principal;
}

/** A parked run: why, and for those who operate the sandbox, the button that tries again. */
export function Trouble({ of, runs, principal }: TroubleProps): ReactElement | null {
  const { t } = useI18n();
  const api = useApi();
  const client = useQueryClient();
  const parked = runs.filter(({ status }) => status === 'faulted');
  const resume = useMutation({
    mutationFn: () => Promise.all(parked.map(({ id }) => api.post(`/api/v1/runs/${id}/resume`))),
    onSettled: () => client.invalidateQueries({ queryKey: ['case', of.id] }),
  });
  if (of.trouble === undefined) return null;
  return (
    <div className="note note-bad" role="alert">
      <p className="note-title">{t('case.trouble')}</p>
      {mayOperate(principal) ? <p>{t('case.troubleKept')}</p> : null}
      <p className="quiet">
        {t('case.troubleSaid')} <Told text={of.trouble} />
      </p>
      {mayOperate(principal) ? (
        <button
          type="button"
          className="button button-main"
          disabled={resume.isPending}
          onClick={() => resume.mutate()}
        >
          {resume.isPending ? t('case.resuming') : t('case.resume')}
        </button>
      ) : (
        <p>{t('case.troubleHint')}</p>
      )}
      {resume.isError ? <ProblemNote error={resume.error} /> : null}
    </div>
  );
}
