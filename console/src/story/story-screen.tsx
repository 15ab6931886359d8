import {
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import type { Principal } from '../../../contracts/identity.js';
import type { Task } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import { foundIn, sceneAt } from '../model/scene.js';
import { storyOf, type StoryLog } from '../model/story.js';
import { CaseNumber } from '../ui/case-number.js';
import { Said } from '../ui/said.js';
import { AskedOf } from './asked.js';
import { BeatList } from './beat-list.js';
import { usePhoneMessages, type BodiesOf } from './bodies.js';
import { CallSheet } from './call-sheet.js';
import { Desk } from './desk.js';
import { LaneBoard } from './lane-board.js';
import { Phone } from './phone.js';
import { Transport } from './transport.js';
import { usePlayer } from './use-player.js';
import { useSentence } from './use-sentence.js';
import '../styles/tale.css';
import '../styles/tale-lanes.css';

interface StoryScreenProps {
  readonly log: StoryLog;
  readonly texts: UseCaseTexts;
  readonly live: boolean;
  readonly principal?: Principal | undefined;
  readonly tasks?: readonly Task[];
  readonly bodies: BodiesOf | undefined;
  /** Buttons beside the title. */
  readonly children?: ReactNode;
}

const none: readonly Task[] = [];

/** One case as a story: live, finished, replayed or from a file. Whatever is shown follows from the log up to the cursor. */
export function StoryScreen(props: StoryScreenProps): ReactElement {
  const { log, texts, live, principal, tasks = none, bodies } = props;
  const { t } = useI18n();
  const beats = useMemo(() => storyOf(log), [log]);
  const player = usePlayer(beats.length, live);
  const { cursor, act } = player;
  const scene = useMemo(() => sceneAt(beats, cursor), [beats, cursor]);
  const sentenceOf = useSentence(texts, log);
  const [words, setWords] = useState('');
  const [asList, setAsList] = useState(false);
  const [selected, setSelected] = useState<string | undefined>(undefined);
  const wanted = useDeferredValue(words);
  const found = useMemo(
    () => foundIn(beats, wanted, (beat) => sentenceOf(beat).text),
    [beats, wanted, sentenceOf],
  );
  const shown = useMemo(() => found.filter((number) => number < cursor), [found, cursor]);
  const chosen = beats.find(({ id }) => id === selected);
  const root = log.cases.find(({ case: { id } }) => id === log.caseId)?.case;
  const messages = usePhoneMessages(log.caseId, scene, bodies);
  const now = live && cursor === beats.length ? tasks : none;
  const state = root === undefined ? undefined : (scene.states.get(root.id) ?? undefined);
  const { beat } = scene;
  const elsewhere = log.cases.find(({ case: { id } }) => id === beat?.caseId && id !== log.caseId)?.case;
  const asked = { scene, texts, tasks: now, principal };
  const board = {
    beats,
    shown,
    cursor,
    selected,
    sentenceOf,
    onSelect: ({ id }: { readonly id: string }) => setSelected((before) => (before === id ? undefined : id)),
  };

  /** Arrow keys step, where they mean nothing else. */
  const onKey = (event: KeyboardEvent): void => {
    const { tagName } = event.target as HTMLElement;
    if (event.defaultPrevented || /^(INPUT|SELECT|TEXTAREA)$/.test(tagName)) return;
    const on = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = document.documentElement.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    if (event.key === on) act({ kind: 'by', beats: 1 });
    else if (event.key === back) act({ kind: 'by', beats: -1 });
    else if (event.key === 'Home') act({ kind: 'to', cursor: 1 });
    else if (event.key === 'End') act({ kind: 'to', cursor: beats.length });
    else if (event.key === ' ' && !/^(BUTTON|A|SUMMARY)$/.test(tagName)) act({ kind: 'toggle' });
    else return;
    event.preventDefault();
  };
  const screen = useRef<HTMLDivElement>(null);
  const present = useRef(onKey);
  useEffect(() => {
    present.current = onKey;
  });
  useEffect(() => {
    // A step back takes the focused beat off the page, and the focus falls to the body: its keys are the story's too.
    const listener = (event: KeyboardEvent): void => {
      const { target } = event;
      if (target === document.body || (target instanceof Node && screen.current?.contains(target) === true))
        present.current(event);
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);

  return (
    <div className="tale" ref={screen}>
      <div className="tale-head">
        <h1>
          <CaseNumber>{root?.number}</CaseNumber>{' '}
          <span className="case-kind">
            <Said said={texts.kind(root?.kind ?? '')} />
          </span>
        </h1>
        {props.children}
      </div>
      <p className="tale-caption">
        {beat?.step === undefined ? null : (
          <span className="tale-step">
            <Said said={texts.step(beat.step)} />
            {elsewhere === undefined ? null : (
              <span className="tale-elsewhere">
                {' · '}
                <Said said={texts.kind(elsewhere.kind)} /> <CaseNumber>{elsewhere.number}</CaseNumber>
              </span>
            )}
          </span>
        )}
        <span className="tale-said" key={beat?.id}>
          {beat === undefined ? t('story.notBegun') : <Said said={sentenceOf(beat)} />}
        </span>
      </p>
      <div className={chosen === undefined ? 'tale-stage' : 'tale-stage tale-with-sheet'}>
        <div className="tale-main">
          <div className="tale-tools">
            <label className="tale-search">
              <span className="visually-hidden">{t('story.search')}</span>
              <input
                type="search"
                value={words}
                placeholder={t('story.search')}
                onChange={({ target }) => setWords(target.value)}
              />
            </label>
            <span className="quiet" role="status">
              {wanted.trim() === '' ? '' : t('story.found', { n: shown.length })}
            </span>
            <button
              type="button"
              className="button button-quiet"
              aria-pressed={asList}
              onClick={() => setAsList((before) => !before)}
            >
              {t('story.asList')}
            </button>
          </div>
          {asList ? <BeatList {...board} /> : <LaneBoard {...board} />}
        </div>
        <div className="tale-people">
          <Phone
            scene={scene}
            messages={messages}
            state={state === undefined ? undefined : texts.state(root?.kind ?? '', state)}
          >
            <AskedOf who="citizen" {...asked} />
          </Phone>
          <Desk scene={scene} cases={log.cases} texts={texts}>
            <AskedOf who="officers" {...asked} />
          </Desk>
        </div>
        {chosen === undefined ? null : (
          <CallSheet
            beat={chosen}
            sentence={sentenceOf(chosen)}
            texts={texts}
            bodies={bodies}
            onClose={() => setSelected(undefined)}
          />
        )}
      </div>
      <Transport player={player} length={beats.length} live={live} />
    </div>
  );
}
