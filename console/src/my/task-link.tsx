import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { Task } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { Said } from '../ui/said.js';

/** Something that the person has to do, or may do, with the day until which. */
export function TaskLink({ task }: { readonly task: Task }): ReactElement {
  const { t, date } = useI18n();
  const texts = useUseCaseTexts(task.useCase);
  return (
    <Link className="my-task" to={`/my/tasks/${task.id}`}>
      <span className="my-task-name">
        <Said said={texts.form(task.form, task.title)} />
      </span>
      {task.due === undefined ? null : (
        <span className="my-task-due">{t('my.until', { date: date(task.due) })}</span>
      )}
      <span className="my-go" aria-hidden="true" />
    </Link>
  );
}
