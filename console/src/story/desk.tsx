import type { ReactElement, ReactNode } from 'react';
import type { CaseFile } from '../../../contracts/case-file.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import type { Scene } from '../model/scene.js';
import { CaseNumber } from '../ui/case-number.js';
import { Said } from '../ui/said.js';

/** What the officers have before them: the cases that the story crosses, and what they are to decide. */
export function Desk({
  scene,
  cases,
  texts,
  children,
}: {
  readonly scene: Scene;
  readonly cases: CaseFile['cases'];
  readonly texts: UseCaseTexts;
  /** What an officer is asked. */
  readonly children: ReactNode;
}): ReactElement {
  const { t } = useI18n();
  const begun = cases.filter(({ case: { id } }) => scene.states.has(id));
  return (
    <section className="tale-desk" aria-label={t('story.desk')}>
      <h2>{t('story.desk')}</h2>
      <ul className="tale-cases">
        {begun.slice(0, 6).map(({ case: of }) => (
          <li key={of.id}>
            <span>
              <Said said={texts.kind(of.kind)} />{' '}
              <span className="quiet">
                <CaseNumber>{of.number}</CaseNumber>
              </span>
            </span>
            <span className="badge">
              <Said said={texts.state(of.kind, scene.states.get(of.id) ?? of.state)} />
            </span>
          </li>
        ))}
      </ul>
      {children}
    </section>
  );
}
