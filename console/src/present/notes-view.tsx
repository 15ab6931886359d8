import { useEffect, useMemo, useState, type ReactElement } from 'react';
import type { PresentationPlan } from '../../../contracts/presentation.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import { talkOf } from '../model/talk.js';
import { Page } from '../ui/page.js';
import { Said } from '../ui/said.js';
import { commandOf } from './commands.js';
import { useShownSlide } from './notes-channel.js';

/** The speaker's window: what to say now, what comes next, how long it has taken. */
export function NotesView({
  plan,
  texts,
}: {
  readonly plan: PresentationPlan;
  readonly texts: UseCaseTexts;
}): ReactElement {
  const { t, number } = useI18n();
  const { index, send } = useShownSlide();
  const { slides } = useMemo(() => talkOf(plan), [plan]);
  const [minutes, setMinutes] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setMinutes((before) => before + 1), 60_000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    document.body.classList.add('presenting');
    const onKey = (event: KeyboardEvent): void => {
      const command = commandOf(event, document.documentElement.dir === 'rtl');
      if (command === undefined || command === 'leave') return;
      event.preventDefault();
      send(command);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      document.body.classList.remove('presenting');
      window.removeEventListener('keydown', onKey);
    };
  }, [send]);
  const said = (at: number | undefined, part: string): ReactElement | null => {
    const found = at === undefined ? undefined : slides[at];
    return found === undefined ? null : (
      <Said said={texts.other(['presentation', 'slides', found.slide.id, part], '')} />
    );
  };
  return (
    <Page title={t('present.notes')}>
      <div className="notes-window">
        <p className="quiet">
          {index === undefined
            ? t('present.noTalk')
            : t('story.of', { n: number(index + 1), all: number(slides.length) })}{' '}
          · {t('present.minutes', { n: minutes })}
        </p>
        <h1>{said(index, 'title') ?? t('present.notes')}</h1>
        <p className="notes-text">{said(index, 'notes')}</p>
        {index === undefined || index + 1 >= slides.length ? null : (
          <p className="quiet">
            {t('present.then')} {said(index + 1, 'title')}
          </p>
        )}
        <div className="buttons">
          <button type="button" className="button" onClick={() => send('previous')}>
            {t('present.previous')}
          </button>
          <button type="button" className="button button-main" onClick={() => send('next')}>
            {t('present.next')}
          </button>
        </div>
      </div>
    </Page>
  );
}
