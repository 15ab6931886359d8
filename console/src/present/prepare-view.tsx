import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { PresentationPlan } from '../../../contracts/presentation.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';

/** Before the talk: what will be shown, and a stage of its own to show it on. */
export function PrepareView({
  plan,
  texts,
  prepare,
}: {
  readonly plan: PresentationPlan;
  readonly texts: UseCaseTexts;
  /** Resolves when the talk can begin; tells which chapter is being played. */
  readonly prepare: (onChapter: (index: number) => void) => Promise<void>;
}): ReactElement {
  const { t } = useI18n();
  const [chapter, setChapter] = useState<number | undefined>(undefined);
  const work = useMutation({ mutationFn: () => prepare(setChapter) });
  return (
    <Page title={t('present.title')}>
      <h1>{t('present.title')}</h1>
      <p className="lead">
        <Said said={texts.title} />
      </p>
      <p>{t('present.prepareLead')}</p>
      <ol className="talk-plan">
        {plan.chapters.map(({ id }, index) => (
          <li key={id} className={chapter !== undefined && index < chapter ? 'talk-done' : undefined}>
            <Said said={texts.other(['presentation', 'chapters', id], id)} />
            {chapter === index ? <span className="quiet"> · {t('present.playing')}</span> : null}
          </li>
        ))}
      </ol>
      {work.isError ? <ProblemNote error={work.error} /> : null}
      <p role="status" className="quiet">
        {work.isPending ? t('present.preparing') : ''}
      </p>
      <div>
        <button
          type="button"
          className="button button-main"
          disabled={work.isPending}
          onClick={() => work.mutate()}
        >
          {t('present.prepare')}
        </button>
      </div>
      <p className="quiet">{t('present.keys')}</p>
    </Page>
  );
}
