import { useMemo, type ReactElement } from 'react';
import type { Slide } from '../../../contracts/presentation.js';
import type { Principal } from '../../../contracts/identity.js';
import { useTasks } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import { useStory } from '../live/use-story.js';
import { sceneAt } from '../model/scene.js';
import { storyOf, type StoryLog } from '../model/story.js';
import { AskedOf } from '../story/asked.js';
import { useLiveBodies, usePhoneMessages } from '../story/bodies.js';
import { Desk } from '../story/desk.js';
import { LaneBoard } from '../story/lane-board.js';
import { Phone } from '../story/phone.js';
import { useSentence } from '../story/use-sentence.js';
import { Loading } from '../ui/loading.js';
import { SavingsView } from './savings-view.js';
import { TechnicalPanel } from './technical-panel.js';
import { usePaced } from './use-paced.js';
import '../styles/tale.css';
import '../styles/tale-lanes.css';

interface SlideViewProps {
  readonly slide: Slide;
  readonly caseId: string;
  readonly texts: UseCaseTexts;
  readonly principal: Principal;
  readonly technical: boolean;
}

/** What stands beside the words: the same phone, desk and lanes as in the story, of the case that is being told. */
export function SlideView(props: SlideViewProps): ReactElement {
  const { log } = useStory(props.caseId);
  return log === undefined ? <Loading /> : <Picture {...props} log={log} />;
}

function Picture({
  slide,
  log,
  texts,
  principal,
  technical,
}: SlideViewProps & { readonly log: StoryLog }): ReactElement {
  const { t } = useI18n();
  const beats = useMemo(() => storyOf(log), [log]);
  const cursor = usePaced(beats.length);
  const scene = useMemo(() => sceneAt(beats, cursor), [beats, cursor]);
  const sentenceOf = useSentence(texts, log);
  const bodies = useLiveBodies();
  const messages = usePhoneMessages(log.caseId, scene, bodies);
  const { data: pending = [] } = useTasks();
  const tasks = pending.filter(({ caseId }) => log.cases.some(({ case: { id } }) => id === caseId));
  const root = log.cases.find(({ case: { id } }) => id === log.caseId)?.case;
  const state = scene.states.get(log.caseId);
  // What the service only notes for itself is technical.
  const shown = useMemo(
    () =>
      beats.flatMap((beat, index) => (index < cursor && (technical || beat.kind !== 'noted') ? [index] : [])),
    [beats, cursor, technical],
  );
  const asked = { scene, texts, tasks, principal };
  const picture = ((): ReactElement | null => {
    switch (slide.show) {
      case 'phone':
        return (
          <Phone
            scene={scene}
            messages={messages}
            state={state === undefined ? undefined : texts.state(root?.kind ?? '', state)}
          >
            <AskedOf who="citizen" {...asked} />
          </Phone>
        );
      case 'desk':
        return (
          <Desk scene={scene} cases={log.cases} texts={texts}>
            <AskedOf who="officers" {...asked} />
          </Desk>
        );
      case 'story':
        return (
          <LaneBoard
            beats={beats}
            shown={shown}
            cursor={cursor}
            selected={undefined}
            sentenceOf={sentenceOf}
            onSelect={() => undefined}
          />
        );
      case 'savings':
        return <SavingsView log={log} texts={texts} />;
      case 'words':
        return null;
    }
  })();
  return (
    <>
      {picture}
      {technical ? (
        <TechnicalPanel beats={beats.slice(0, cursor)} texts={texts} label={t('present.technical')} />
      ) : null}
    </>
  );
}
