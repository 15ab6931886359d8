import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { useNavigate } from 'react-router';
import type { Principal } from '../../../contracts/identity.js';
import type { PresentationPlan } from '../../../contracts/presentation.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import { caseShown, talkOf } from '../model/talk.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';
import { commandOf, type TalkCommand } from './commands.js';
import { useNotesWindow } from './notes-channel.js';
import { SlideView } from './slide-view.js';
import type { Stage } from './stage.js';
import { useTalk } from './use-talk.js';

/** A talk on its stage: large type, one thing at a time, everything else hidden until somebody asks. */
export function TalkView({
  plan,
  stage,
  texts,
  principal,
}: {
  readonly plan: PresentationPlan;
  readonly stage: Stage;
  readonly texts: UseCaseTexts;
  readonly principal: Principal;
}): ReactElement | null {
  const { t, number } = useI18n();
  const navigate = useNavigate();
  const talk = useMemo(() => talkOf(plan), [plan]);
  const running = useTalk(talk, stage);
  const [notes, setNotes] = useState(false);
  const [technical, setTechnical] = useState(false);
  const [blank, setBlank] = useState(false);
  const here = talk.slides[running.index];

  const act = (command: TalkCommand): void => {
    switch (command) {
      case 'next':
        if (blank) setBlank(false);
        else running.next();
        return;
      case 'previous':
        running.previous();
        return;
      case 'again':
        running.again();
        return;
      case 'blank':
        setBlank((before) => !before);
        return;
      case 'technical':
        setTechnical((before) => !before);
        return;
      case 'notes':
        setNotes((before) => !before);
        return;
      case 'leave':
        if (blank) setBlank(false);
        else if (technical) setTechnical(false);
        else if (notes) setNotes(false);
        else void navigate('/');
        return;
    }
  };
  const present = useRef(act);
  useEffect(() => {
    present.current = act;
  });
  useEffect(() => {
    document.body.classList.add('presenting');
    const onKey = (event: KeyboardEvent): void => {
      const command = commandOf(event, document.documentElement.dir === 'rtl');
      if (command === undefined) return;
      event.preventDefault();
      present.current(command);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      document.body.classList.remove('presenting');
      window.removeEventListener('keydown', onKey);
    };
  }, []);
  const openNotes = useNotesWindow(running.index, (command) => present.current(command));
  if (here === undefined) return null;

  const { slide } = here;
  const said = (part: 'title' | 'text' | 'notes'): ReturnType<UseCaseTexts['other']> =>
    texts.other(['presentation', 'slides', slide.id, part], '');
  const caseId = caseShown(plan, slide, running.cases);
  const hasPicture = caseId !== undefined && (slide.show !== 'words' || technical);
  return (
    <Page title={said('title').text}>
      <div className={`talk talk-${slide.show}${hasPicture ? '' : ' talk-plain'}`}>
        <p className="talk-chapter">
          <Said said={texts.other(['presentation', 'chapters', here.chapter], here.chapter)} />
          <span className="talk-training">{t('case.cardTraining')}</span>
        </p>
        <div className="talk-words" key={slide.id} aria-live="polite">
          <h1>
            <Said said={said('title')} />
          </h1>
          <p>
            <Said said={said('text')} />
          </p>
        </div>
        {hasPicture ? (
          <div className="talk-picture">
            <SlideView
              key={`${running.life} ${caseId}`}
              slide={slide}
              caseId={caseId}
              texts={texts}
              principal={principal}
              technical={technical}
            />
          </div>
        ) : null}
        {running.problem === undefined ? null : (
          <div className="talk-problem">
            <ProblemNote error={running.problem} again={running.again} />
          </div>
        )}
        {notes ? (
          <aside className="talk-notes" aria-label={t('present.notes')}>
            <Said said={said('notes')} />
          </aside>
        ) : null}
        <div className="talk-bar">
          <ol className="talk-chapters" aria-label={t('present.chapters')}>
            {talk.chapters.map(({ id }, index) => (
              <li key={id}>
                <button
                  type="button"
                  aria-current={index === here.chapterIndex ? 'step' : undefined}
                  title={t('present.toChapter')}
                  onClick={() => running.chapter(index)}
                >
                  {number(index + 1)}
                  <span className="visually-hidden">
                    . {texts.other(['presentation', 'chapters', id], id).text}
                  </span>
                </button>
              </li>
            ))}
          </ol>
          <p className="talk-busy" role="status">
            {running.busy ? t('present.working') : ''}
          </p>
          <div className="talk-tools">
            <Tool label={t('present.again')} hint="R" act={running.again} />
            <Tool label={t('present.technical')} hint="T" on={technical} act={() => act('technical')} />
            <Tool label={t('present.notes')} hint="N" on={notes} act={() => act('notes')} />
            <Tool label={t('present.notesWindow')} act={openNotes} />
            <Tool label={t('present.blank')} hint="B" act={() => act('blank')} />
            <Tool label={t('present.previous')} hint="PgUp" act={() => act('previous')} />
            <Tool label={t('present.next')} hint="PgDn" main act={() => act('next')} />
          </div>
        </div>
        {blank ? (
          <button type="button" className="talk-blank" autoFocus onClick={() => setBlank(false)}>
            <span className="visually-hidden">{t('present.unblank')}</span>
          </button>
        ) : null}
      </div>
    </Page>
  );
}

function Tool({
  label,
  act,
  hint,
  on,
  main = false,
}: {
  readonly label: string;
  readonly act: () => void;
  readonly hint?: string;
  readonly on?: boolean;
  readonly main?: boolean;
}): ReactElement {
  return (
    <button
      type="button"
      className={main ? 'button button-main' : 'button button-quiet'}
      aria-pressed={on}
      onClick={act}
    >
      {label}
      {hint === undefined ? null : <kbd aria-hidden="true">{hint}</kbd>}
    </button>
  );
}
