import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Principal } from '../../../contracts/identity.js';
import { useApi } from '../api/queries.js';
import type { Task } from '../api/types.js';
import { JsonView } from '../case/json-view.js';
import { LazyForm } from '../forms/lazy-form.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import { hindranceOf, mayTrain } from '../model/acting.js';
import { Said } from '../ui/said.js';

/**
 * A task on the phone or on the desk, with its form. Whoever may do it does it; a trainer lets the persona whose turn it
 * is do it, so that one person can show what several do.
 */
export function StageTask({
  task,
  texts,
  principal,
  shows,
}: {
  readonly task: Task;
  readonly texts: UseCaseTexts;
  readonly principal: Principal;
  /** Whether what one decides on stands above the form. */
  readonly shows: boolean;
}): ReactElement {
  const { t } = useI18n();
  const api = useApi();
  const client = useQueryClient();
  const title = texts.form(task.form, task.title);
  const schema = texts.useCase?.forms[task.form];
  const own = hindranceOf(task, principal) === undefined;
  const acts = own || mayTrain(principal);
  const { data } = task;
  const hasData = shows && typeof data === 'object' && data !== null && Object.keys(data).length > 0;
  return (
    <article className="tale-task" aria-label={title.text}>
      {acts && schema !== undefined ? null : (
        <h3>
          <Said said={title} />
        </h3>
      )}
      {hasData ? (
        <details className="tale-data">
          <summary>{t('tasks.shownData')}</summary>
          <JsonView value={data} />
        </details>
      ) : null}
      {acts && schema !== undefined ? (
        <LazyForm
          id={`stage-${task.id}`}
          schema={schema}
          title={title}
          data={data}
          words={texts.words(task.form)}
          submitLabel={t(own ? 'tasks.complete' : 'story.sendAs')}
          onSubmit={async (answer) => {
            await api.post(`/api/v1/tasks/${task.id}/${own ? 'complete' : 'act'}`, { data: answer });
            await client.invalidateQueries({ queryKey: ['tasks'] });
          }}
        />
      ) : (
        <p className="quiet">{t('story.waitsFor', { who: t(`role.${task.role}`) })}</p>
      )}
    </article>
  );
}
