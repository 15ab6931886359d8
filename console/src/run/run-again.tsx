import { useMutation } from '@tanstack/react-query';
import { useId, useState, type ReactElement } from 'react';
import { useNavigate } from 'react-router';
import type { Json } from '../../../contracts/json.js';
import type { Run } from '../../../contracts/run.js';
import { useApi } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { ProblemNote } from '../ui/problem-note.js';

/** Runs an ended run again from one of its tasks (`/` is the whole workflow), with other input if somebody writes some. */
export function RunAgain({ run, from }: { readonly run: Run; readonly from: string }): ReactElement {
  const { t } = useI18n();
  const api = useApi();
  const navigate = useNavigate();
  const field = useId();
  const [text, setText] = useState('');
  const edited = inputIn(text);
  const start = useMutation({
    mutationFn: () =>
      api.post<{ run: Run }>(`/api/v1/runs/${run.id}/rerun`, {
        from,
        ...(edited.kind === 'json' ? { input: edited.value } : {}),
      }),
    onSuccess: (answer) => navigate(`/runs/${answer.run.id}`),
  });
  const ended = run.endedAt !== undefined || run.status === 'faulted';
  return (
    <details className="run-again">
      <summary>{from === '/' ? t('run.againWhole') : t('run.again')}</summary>
      <p className="quiet">{ended ? t('run.againHint') : t('run.mustEnd')}</p>
      {ended ? (
        <>
          <label htmlFor={field}>{t('run.editInput')}</label>
          <textarea
            id={field}
            dir="ltr"
            rows={5}
            spellCheck={false}
            value={text}
            aria-invalid={edited.kind === 'bad'}
            onChange={({ target }) => setText(target.value)}
          />
          {edited.kind === 'bad' ? <p role="alert">{t('run.notJson')}</p> : null}
          <button
            type="button"
            className="button button-main"
            disabled={edited.kind === 'bad' || start.isPending}
            onClick={() => start.mutate()}
          >
            {t('run.start')}
          </button>
          {start.isError ? <ProblemNote error={start.error} /> : null}
        </>
      ) : null}
    </details>
  );
}

type Edited =
  { readonly kind: 'none' } | { readonly kind: 'json'; readonly value: Json } | { readonly kind: 'bad' };

function inputIn(text: string): Edited {
  if (text.trim() === '') return { kind: 'none' };
  try {
    return { kind: 'json', value: JSON.parse(text) as Json };
  } catch {
    return { kind: 'bad' };
  }
}
