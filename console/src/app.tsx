import { lazy, Suspense, type ReactElement } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import type { Principal } from '../../contracts/identity.js';
import { useMe } from './api/queries.js';
import { NotFoundPage } from './pages/not-found-page.js';
import { StartPage } from './pages/start-page.js';
import { Header } from './ui/header.js';
import { Loading } from './ui/loading.js';
import { useCountryColours } from './ui/country-colours.js';
import { Page } from './ui/page.js';
import { ProblemNote } from './ui/problem-note.js';
import { useI18n } from './i18n/i18n.js';
import { isOfficer, mayOperate, mayTrain } from './model/acting.js';
import { homeOf } from './model/sign-in-link.js';

const CasesPage = lazy(() =>
  import('./pages/cases-page.js').then((module) => ({ default: module.CasesPage })),
);
const CasePage = lazy(() => import('./pages/case-page.js').then((module) => ({ default: module.CasePage })));
const NewCasePage = lazy(() =>
  import('./pages/new-case-page.js').then((module) => ({ default: module.NewCasePage })),
);
const TasksPage = lazy(() =>
  import('./pages/tasks-page.js').then((module) => ({ default: module.TasksPage })),
);
const AccessesPage = lazy(() =>
  import('./pages/accesses-page.js').then((module) => ({ default: module.AccessesPage })),
);
const BlocksPage = lazy(() =>
  import('./pages/blocks-page.js').then((module) => ({ default: module.BlocksPage })),
);
const BlockPage = lazy(() =>
  import('./pages/block-page.js').then((module) => ({ default: module.BlockPage })),
);
const CataloguePage = lazy(() =>
  import('./pages/catalogue-page.js').then((module) => ({ default: module.CataloguePage })),
);
const RunsPage = lazy(() => import('./pages/runs-page.js').then((module) => ({ default: module.RunsPage })));
const RunPage = lazy(() => import('./pages/run-page.js').then((module) => ({ default: module.RunPage })));
const RunFilePage = lazy(() =>
  import('./pages/run-file-page.js').then((module) => ({ default: module.RunFilePage })),
);
const WorkspacePage = lazy(() =>
  import('./pages/workspace-page.js').then((module) => ({ default: module.WorkspacePage })),
);
const MessagesPage = lazy(() =>
  import('./pages/messages-page.js').then((module) => ({ default: module.MessagesPage })),
);
const UseCasePage = lazy(() =>
  import('./pages/use-case-page.js').then((module) => ({ default: module.UseCasePage })),
);
const MyPage = lazy(() => import('./my/my-page.js').then((module) => ({ default: module.MyPage })));
const ApplyPage = lazy(() => import('./my/apply-page.js').then((module) => ({ default: module.ApplyPage })));
const FollowPage = lazy(() =>
  import('./my/follow-page.js').then((module) => ({ default: module.FollowPage })),
);
const MyTaskPage = lazy(() =>
  import('./my/my-task-page.js').then((module) => ({ default: module.MyTaskPage })),
);
const PaymentsPage = lazy(() =>
  import('./my/payments-page.js').then((module) => ({ default: module.PaymentsPage })),
);
const MyMessagesPage = lazy(() =>
  import('./my/messages-page.js').then((module) => ({ default: module.MessagesPage })),
);
const StoryPage = lazy(() =>
  import('./pages/story-page.js').then((module) => ({ default: module.StoryPage })),
);
const OpenStoryPage = lazy(() =>
  import('./pages/open-story-page.js').then((module) => ({ default: module.OpenStoryPage })),
);
const ReportPage = lazy(() =>
  import('./pages/report-page.js').then((module) => ({ default: module.ReportPage })),
);
const PresentPage = lazy(() =>
  import('./pages/present-page.js').then((module) => ({ default: module.PresentPage })),
);
const TaskPage = lazy(() => import('./pages/task-page.js').then((module) => ({ default: module.TaskPage })));

/** All pages. Those of cases and tasks are for signed-in people; everybody else is led to the first page and back. */
export function App(): ReactElement {
  const { t } = useI18n();
  useCountryColours();
  const me = useMe();
  const principal = me.data?.principal ?? undefined;
  if (me.isPending) return <Loading />;
  if (me.data === undefined) {
    return (
      <Page title={t('app.name')}>
        <ProblemNote error={me.error} again={() => void me.refetch()} />
      </Page>
    );
  }
  const guarded = (page: (principal: Principal) => ReactElement): ReactElement =>
    principal === undefined ? <ToStart /> : page(principal);
  return (
    <>
      <Header principal={principal} />
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route path="/" element={<StartPage principal={principal} />} />
          <Route path="/use-cases" element={<CataloguePage />} />
          <Route path="/use-cases/:id" element={<UseCasePage principal={principal} />} />
          <Route
            path="/cases"
            element={guarded((who) => (
              <CasesPage key={who.subject} principal={who} />
            ))}
          />
          <Route
            path="/cases/new/:useCase/:kind"
            element={guarded((who) => (
              <NewCasePage principal={who} />
            ))}
          />
          <Route
            path="/cases/:id"
            element={guarded((who) => (
              <CasePage principal={who} />
            ))}
          />
          <Route
            path="/cases/:id/story"
            element={guarded((who) => (
              <StoryPage principal={who} />
            ))}
          />
          <Route
            path="/cases/:id/report"
            element={guarded(() => (
              <ReportPage />
            ))}
          />
          <Route
            path="/present/:useCase"
            element={guarded((who) => (mayTrain(who) ? <PresentPage principal={who} /> : <NotFoundPage />))}
          />
          <Route path="/story/open" element={<OpenStoryPage />} />
          <Route
            path="/tasks"
            element={guarded((who) => (
              <TasksPage key={who.subject} principal={who} />
            ))}
          />
          <Route
            path="/tasks/:id"
            element={guarded((who) => (
              <TaskPage principal={who} />
            ))}
          />
          <Route path="/my">
            <Route index element={guarded((who) => ofPerson(who, <MyPage principal={who} />))} />
            <Route
              path="new/:useCase/:kind"
              element={guarded((who) => ofPerson(who, <ApplyPage principal={who} />))}
            />
            <Route
              path="cases/:id"
              element={guarded((who) => ofPerson(who, <FollowPage principal={who} />))}
            />
            <Route
              path="tasks/:id"
              element={guarded((who) => ofPerson(who, <MyTaskPage principal={who} />))}
            />
            <Route path="payments" element={guarded((who) => ofPerson(who, <PaymentsPage />))} />
            <Route path="messages" element={guarded((who) => ofPerson(who, <MyMessagesPage />))} />
          </Route>
          <Route
            path="/accesses"
            element={guarded((who) => (
              <AccessesPage key={who.subject} />
            ))}
          />
          <Route
            path="/building-blocks"
            element={guarded((who) => (mayOperate(who) ? <BlocksPage /> : <NotFoundPage />))}
          />
          <Route
            path="/building-blocks/:id"
            element={guarded((who) => (mayOperate(who) ? <BlockPage /> : <NotFoundPage />))}
          />
          <Route
            path="/runs"
            element={guarded((who) => (mayOperate(who) ? <RunsPage /> : <NotFoundPage />))}
          />
          <Route
            path="/runs/file"
            element={guarded((who) => (mayOperate(who) ? <RunFilePage /> : <NotFoundPage />))}
          />
          <Route
            path="/runs/:id"
            element={guarded((who) => (mayOperate(who) ? <RunPage /> : <NotFoundPage />))}
          />
          <Route
            path="/workspace"
            element={guarded((who) => (mayTrain(who) ? <WorkspacePage /> : <NotFoundPage />))}
          />
          <Route
            path="/messages"
            element={guarded((who) => (isOfficer(who) ? <MessagesPage principal={who} /> : <NotFoundPage />))}
          />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </Suspense>
    </>
  );
}

/** Pages about the person themself; an officer has none and goes where officers begin. */
function ofPerson(who: Principal, page: ReactElement): ReactElement {
  return who.person === undefined ? <Navigate to={homeOf(who)} replace /> : page;
}

function ToStart(): ReactElement {
  const { pathname, search } = useLocation();
  return <Navigate to="/" replace state={{ returnTo: `${pathname}${search}` }} />;
}
