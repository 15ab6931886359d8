import type { ReactElement } from 'react';
import type { Principal } from '../../../contracts/identity.js';
import type { Task } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import { isFor, type Scene } from '../model/scene.js';
import { Said } from '../ui/said.js';
import { StageTask } from './stage-task.js';

/** What people are asked at this moment: with its form where it still waits, as a memory where it is past. */
export function AskedOf({
  who,
  scene,
  texts,
  tasks,
  principal,
}: {
  readonly who: 'citizen' | 'officers';
  readonly scene: Scene;
  readonly texts: UseCaseTexts;
  /** Tasks that wait now; none when the story is looked at afterwards. */
  readonly tasks: readonly Task[];
  readonly principal: Principal | undefined;
}): ReactElement {
  const { t } = useI18n();
  const asked = scene.asked.filter((one) => isFor(who, one));
  return (
    <>
      {asked.length === 0 && who === 'officers' ? <p className="quiet">{t('story.deskEmpty')}</p> : null}
      {asked.map(({ beat, role, task }) => {
        const pending = tasks.find(({ id }) => id === task?.id);
        if (pending !== undefined && principal !== undefined)
          return (
            <StageTask
              key={beat.id}
              task={pending}
              texts={texts}
              principal={principal}
              shows={who === 'officers'}
            />
          );
        return (
          <article key={beat.id} className="tale-task">
            <p className="small-title">{t(`role.${role}`)}</p>
            <h3>
              <Said said={texts.form(task?.form ?? '', beat.name)} />
            </h3>
            {task?.by === undefined ? null : (
              <p className="quiet">
                <bdi>{t('story.answersLater', { who: task.by })}</bdi>
              </p>
            )}
          </article>
        );
      })}
    </>
  );
}
