import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState, type ReactElement } from 'react';
import { useNavigate } from 'react-router';
import type { Json } from '../../../contracts/json.js';
import type { Run } from '../../../contracts/run.js';
import { useApi } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { ProblemNote } from '../ui/problem-note.js';

interface RunAgainProps {
  readonly run: Run;
  readonly from: string;
  /** What went in there, when that was recorded: something to begin from. */
  readonly inputOf: (from: string) => Promise<Json | undefined>;
}

/** Runs an ended run again from one of its tasks (`/` is the whole workflow), with other input if somebody writes some. */
export function RunAgain({ run, from, inputOf }: RunAgainProps): ReactElement {
  const { t } = useI18n();
  const api = useApi();
  const navigate = useNavigate();
  const field = useId();
  const [opened, setOpened] = useState(false);
  const { data: then = '' } = useQuery({
    queryKey: ['run-input', run.id, from],
    queryFn: async () => {
      const input = await inputOf(from);
      return input === undefined ? '' : JSON.stringify(input, undefined, 2);
    },
    enabled: opened,
    staleTime: Infinity,
  });
  const [written, setText] = useState<string>();
  const text = written ?? then;
  const edited = text === then ? same : inputIn(text);
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
    <details className="run-again" onToggle={() => setOpened(true)}>
      <summary>{from === '/' ? t('run.againWhole') : t('run.again')}</summary>
      <p className="quiet">{ended ? t('run.againHint') : t('run.mustEnd')}</p>
      {ended ? (
        <>
          <label htmlFor={field}>{t('run.editInput')}</label>
          <textarea
            id={field}
            dir="ltr"
            rows={then === '' ? 5 : 12}
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

const same: Edited = { kind: 'none' };

function inputIn(text: string): Edited {
  if (text.trim() === '') return same;
  try {
    return { kind: 'json', value: JSON.parse(text) as Json };
  } catch {
    return { kind: 'bad' };
  }
}
