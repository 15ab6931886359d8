import { useMemo, type ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import type { Principal } from '../../../contracts/identity.js';
import { useTasks } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { useStory } from '../live/use-story.js';
import { mayOperate } from '../model/acting.js';
import { inWorkspace } from '../model/place.js';
import { useLiveBodies } from '../story/bodies.js';
import { StoryScreen } from '../story/story-screen.js';
import { LiveMark } from '../ui/live-mark.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';

/** The story of a case as it happens. */
export function StoryPage({ principal }: { readonly principal: Principal }): ReactElement {
  const { id = '' } = useParams();
  return <LiveStory key={id} id={id} principal={principal} />;
}

function LiveStory({ id, principal }: { readonly id: string; readonly principal: Principal }): ReactElement {
  const { t } = useI18n();
  const { log, error, state, refetch } = useStory(id);
  const texts = useUseCaseTexts(log?.useCase.manifest.id);
  const { data: pending } = useTasks();
  const bodies = useLiveBodies();
  const cases = useMemo(() => new Set(log?.cases.map(({ case: of }) => of.id)), [log]);
  const tasks = useMemo(() => (pending ?? []).filter(({ caseId }) => cases.has(caseId)), [pending, cases]);
  const root = log?.cases.find(({ case: of }) => of.id === id)?.case;
  if (log === undefined || root === undefined || texts.useCase === undefined) {
    return (
      <Page title={t('story.title')}>
        {error === null ? <Loading /> : <ProblemNote error={error} again={refetch} />}
      </Page>
    );
  }
  const mine = root.person !== undefined && root.person === principal.person;
  return (
    <Page title={t('story.titleOf', { number: root.number })} wide stage>
      <StoryScreen
        log={log}
        texts={texts}
        live
        principal={principal}
        tasks={tasks}
        bodies={mayOperate(principal) || mine ? bodies : undefined}
      >
        <LiveMark state={state} />
        <nav className="tale-links" aria-label={t('story.links')}>
          <Link className="button button-quiet" to={`/cases/${id}`}>
            {t('story.toCase')}
          </Link>
          <Link className="button button-quiet" to={`/cases/${id}/report`}>
            {t('story.toReport')}
          </Link>
          <a
            className="button button-quiet"
            href={inWorkspace(`/api/v1/cases/${encodeURIComponent(id)}/export`)}
            download={`${root.number}.case.json`}
          >
            {t('story.export')}
          </a>
          <Link className="button button-quiet" to="/story/open">
            {t('story.openFile')}
          </Link>
        </nav>
      </StoryScreen>
    </Page>
  );
}
