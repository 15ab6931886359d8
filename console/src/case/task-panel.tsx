import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Principal } from '../../../contracts/identity.js';
import { useApi } from '../api/queries.js';
import type { Task } from '../api/types.js';
import { LazyForm } from '../forms/lazy-form.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { hindranceOf, type TaskHindrance } from '../model/acting.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';
import { DataWords } from './data-words.js';
import { JsonView } from './json-view.js';

interface TaskPanelProps {
  readonly task: Task;
  readonly principal: Principal;
  readonly onDone: () => void;
}

/** A person's task: what it shows, when it is due, and its form for those who may do it. */
export function TaskPanel({ task, principal, onDone }: TaskPanelProps): ReactElement {
  const { t, date } = useI18n();
  const api = useApi();
  const client = useQueryClient();
  const texts = useUseCaseTexts(task.useCase);
  const title = texts.form(task.form, task.title);
  const hindrance = hindranceOf(task, principal);
  const schema = texts.useCase?.forms[task.form];
  const refresh = (): Promise<unknown> =>
    Promise.all(
      [['tasks'], ['task', task.id], ['case', task.caseId]].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
  const claim = useMutation({
    mutationFn: () => api.post(`/api/v1/tasks/${task.id}/claim`),
    onSettled: refresh,
  });
  const shown = typeof task.data === 'object' && task.data !== null && Object.keys(task.data).length > 0;
  return (
    <article className="card task" id={task.id} aria-label={title.text}>
      <p className="task-facts">
        <span className="badge badge-open">{t(`role.${task.role}`)}</span>
        <span className="quiet">
          {t('tasks.since', { date: date(task.createdAt) })}
          {task.due === undefined ? null : (
            <>
              {' '}
              · <strong>{t('tasks.due', { date: date(task.due) })}</strong>
            </>
          )}
        </span>
        {hindrance === undefined && task.state === 'open' && task.role !== 'citizen' ? (
          <button
            type="button"
            className="button button-quiet"
            disabled={claim.isPending}
            onClick={() => claim.mutate()}
          >
            {t('tasks.claim')}
          </button>
        ) : null}
        {task.state === 'claimed' ? <span className="badge">{t('tasks.claimed')}</span> : null}
      </p>
      {claim.isError ? <ProblemNote error={claim.error} /> : null}
      {hindrance === undefined ? null : (
        <>
          <h2 className="task-title">
            <Said said={title} />
          </h2>
          <p className="quiet">{hindranceText(hindrance, t, t(`role.${task.role}`))}</p>
        </>
      )}
      {shown && hindrance !== 'over' ? (
        <section aria-label={t('tasks.shownData')} className="task-data">
          <p className="small-title">{t('tasks.shownData')}</p>
          <DataWords value={texts}>
            <JsonView value={task.data} />
          </DataWords>
        </section>
      ) : null}
      {hindrance === undefined && schema !== undefined ? (
        <LazyForm
          id={`form-${task.id}`}
          schema={schema}
          title={title}
          words={texts.words(task.form)}
          draftName={`${principal.subject} ${task.id}`}
          data={task.data}
          submitLabel={t('tasks.complete')}
          onSubmit={async (data) => {
            await api.post(`/api/v1/tasks/${task.id}/complete`, { data });
            await refresh();
            onDone();
          }}
        />
      ) : null}
    </article>
  );
}

function hindranceText(hindrance: TaskHindrance, t: ReturnType<typeof useI18n>['t'], role: string): string {
  switch (hindrance) {
    case 'over':
      return t('tasks.over');
    case 'role':
      return t('tasks.otherRole', { role });
    case 'person':
      return t('tasks.otherPerson');
    case 'excluded':
      return t('tasks.excluded');
    case 'claimed':
      return t('tasks.byOther');
  }
}
