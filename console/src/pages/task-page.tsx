import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Principal } from '../../../contracts/identity.js';
import { useApi } from '../api/queries.js';
import type { Task } from '../api/types.js';
import { TaskPanel } from '../case/task-panel.js';
import { useI18n } from '../i18n/i18n.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';

/** One task on a page of its own: what it is about, and its form. */
export function TaskPage({ principal }: { readonly principal: Principal }): ReactElement {
  const { id = '' } = useParams();
  const { t } = useI18n();
  const api = useApi();
  const navigate = useNavigate();
  const task = useQuery({
    queryKey: ['task', id],
    queryFn: async () => (await api.get<{ task: Task }>(`/api/v1/tasks/${encodeURIComponent(id)}`)).task,
  });
  return (
    <Page title={task.data?.title ?? t('tasks.title')}>
      <p>
        <Link to="/tasks">{t('tasks.title')}</Link>
        {task.data === undefined ? null : (
          <>
            {' / '}
            <Link to={`/cases/${task.data.caseId}`}>{t('tasks.toCase')}</Link>
          </>
        )}
      </p>
      <h1 className="visually-hidden">{t('tasks.title')}</h1>
      {task.isPending ? <Loading /> : null}
      {task.isError ? <ProblemNote error={task.error} /> : null}
      {task.data === undefined ? null : (
        <TaskPanel
          task={task.data}
          principal={principal}
          onDone={() => void navigate(`/cases/${task.data.caseId}`)}
        />
      )}
    </Page>
  );
}
