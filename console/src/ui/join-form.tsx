import { useId, useRef, type ReactElement, type SubmitEvent } from 'react';
import { useMutation } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem.js';
import { useApi } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { ProblemNote } from './problem-note.js';

/** Where a code from the board leads into the workspace that it belongs to; the person signs in there. */
export function JoinForm(): ReactElement {
  const { t } = useI18n();
  const field = useId();
  // What was typed while the code of this page was on its way stays in the field: it is nobody's but the field's.
  const code = useRef<HTMLInputElement>(null);
  const api = useApi();
  const join = useMutation({
    mutationFn: (typed: string) => api.post<{ url: string }>('/api/v1/workspaces/join', { code: typed }),
    // The path alone: whoever came by another name of this machine stays with it.
    onSuccess: ({ url }) => window.location.assign(`${new URL(url).pathname}/`),
  });
  return (
    <section aria-labelledby="join">
      <h2 id="join">{t('start.join')}</h2>
      <p className="quiet">{t('start.joinHint')}</p>
      <form
        className="join-form"
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          join.mutate(code.current?.value ?? '');
        }}
      >
        <label htmlFor={field}>{t('place.joinCode')}</label>
        <span>
          <input
            id={field}
            ref={code}
            required
            maxLength={40}
            dir="ltr"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
          />
          <button type="submit" className="button" disabled={join.isPending || join.isSuccess}>
            {t('place.enter')}
          </button>
        </span>
      </form>
      {join.isError && isUnknown(join.error) ? (
        <p className="note note-bad" role="alert">
          {t('start.joinUnknown')}
        </p>
      ) : null}
      {join.isError && !isUnknown(join.error) ? <ProblemNote error={join.error} /> : null}
    </section>
  );
}

/** Mistyped, or of a workspace that is over: the same to whoever stands before the board. */
function isUnknown(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 400 || error.status === 404);
}

/** Says that one is in a workspace, and how to come back to the one at the root. */
export function InWorkspace(): ReactElement {
  const { t } = useI18n();
  return (
    <p className="note" role="status">
      {t('start.inWorkspace')} <a href="/">{t('start.leaveWorkspace')}</a>
    </p>
  );
}
