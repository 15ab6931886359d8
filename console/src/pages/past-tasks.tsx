import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import type { Principal } from '../../../contracts/identity.js';
import type { Json } from '../../../contracts/json.js';
import { useApi } from '../api/queries.js';
import type { Task } from '../api/types.js';
import { DataWords } from '../case/data-words.js';
import { JsonView } from '../case/json-view.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { Loading } from '../ui/loading.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';

const SHOWN = 50;

/** What the person has decided so far, asked for when they open it. */
export function PastTasks({ principal }: { readonly principal: Principal }): ReactElement {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <details className="past-tasks" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('tasks.past')}</summary>
      <h2 className="visually-hidden">{t('tasks.past')}</h2>
      {open ? <Done subject={principal.subject} /> : null}
    </details>
  );
}

function Done({ subject }: { readonly subject: string }): ReactElement {
  const { t } = useI18n();
  const api = useApi();
  const done = useQuery({
    queryKey: ['tasks', 'completed'],
    queryFn: async () => (await api.get<{ tasks: readonly Task[] }>('/api/v1/tasks?state=completed')).tasks,
  });
  const mine = (done.data ?? [])
    .filter(({ completedBy }) => completedBy === subject)
    .sort((one, other) => (other.completedAt ?? '').localeCompare(one.completedAt ?? ''))
    .slice(0, SHOWN);
  if (done.isPending) return <Loading />;
  if (done.isError) return <ProblemNote error={done.error} again={() => void done.refetch()} />;
  if (mine.length === 0) return <p className="quiet">{t('tasks.pastEmpty')}</p>;
  return (
    <ul className="task-list">
      {mine.map((task) => (
        <DoneRow key={task.id} task={task} />
      ))}
    </ul>
  );
}

function DoneRow({ task }: { readonly task: Task }): ReactElement {
  const { t, date } = useI18n();
  const texts = useUseCaseTexts(task.useCase);
  const decided: Json = task.result ?? null;
  return (
    <li className="card">
      <h3 className="task-title">
        <Said said={texts.form(task.form, task.title)} />
      </h3>
      <p className="quiet">
        {task.completedAt === undefined ? null : t('tasks.doneOn', { date: date(task.completedAt) })}
        {' · '}
        <Link className="quiet-link" to={`/cases/${task.caseId}`}>
          {t('tasks.toCase')}
        </Link>
      </p>
      {decided === null ? null : (
        <div className="task-data">
          <p className="small-title">{t('tasks.answered')}</p>
          <DataWords value={texts}>
            <JsonView value={decided} />
          </DataWords>
        </div>
      )}
    </li>
  );
}
