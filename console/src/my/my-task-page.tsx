import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Principal } from '../../../contracts/identity.js';
import { useApi } from '../api/queries.js';
import type { Task } from '../api/types.js';
import { DataWords } from '../case/data-words.js';
import { JsonView } from '../case/json-view.js';
import { LazyQuestions } from '../forms/lazy-form.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { hindranceOf } from '../model/acting.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { BackLink } from './back-link.js';

/** What a citizen is asked in a matter of their own: consent, an appeal, whether it was clear. */
export function MyTaskPage({ principal }: { readonly principal: Principal }): ReactElement {
  const { id = '' } = useParams();
  const { t } = useI18n();
  const api = useApi();
  const task = useQuery({
    queryKey: ['task', id],
    queryFn: async () => (await api.get<{ task: Task }>(`/api/v1/tasks/${encodeURIComponent(id)}`)).task,
  });
  return (
    <Page title={task.data?.title ?? t('nav.my')}>
      <BackLink />
      {task.isPending ? <Loading /> : null}
      {task.isError ? <ProblemNote error={task.error} /> : null}
      {task.data === undefined ? null : <OwnTask task={task.data} principal={principal} />}
    </Page>
  );
}

function OwnTask({ task, principal }: { readonly task: Task; readonly principal: Principal }): ReactElement {
  const { t } = useI18n();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const texts = useUseCaseTexts(task.useCase);
  const schema = texts.useCase?.forms[task.form];
  if (hindranceOf(task, principal) !== undefined)
    return (
      <div className="note">
        <p>{t('tasks.over')}</p>
        <p>
          <Link to={`/my/cases/${task.caseId}`}>{t('my.follow')}</Link>
        </p>
      </div>
    );
  if (schema === undefined) return <Loading />;
  const shown = typeof task.data === 'object' && task.data !== null && Object.keys(task.data).length > 0;
  return (
    <>
      <LazyQuestions
        id={`form-${task.id}`}
        schema={schema}
        title={texts.form(task.form, task.title)}
        words={texts.words(task.form)}
        data={task.data}
        draftName={`${principal.subject} ${task.id}`}
        submitLabel={t('tasks.complete')}
        onSubmit={async (data) => {
          await api.post(`/api/v1/tasks/${task.id}/complete`, { data });
          await Promise.all(
            [['tasks'], ['task', task.id], ['case', task.caseId], ['own']].map((queryKey) =>
              client.invalidateQueries({ queryKey }),
            ),
          );
          await navigate(`/my/cases/${task.caseId}`, { replace: true });
        }}
      />
      {shown ? (
        <details className="my-about" open>
          <summary>{t('my.about')}</summary>
          <DataWords value={texts}>
            <JsonView value={task.data} />
          </DataWords>
        </details>
      ) : null}
    </>
  );
}
