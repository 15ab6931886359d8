import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactElement } from 'react';
import { useLocation, useParams } from 'react-router';
import type { Principal } from '../../../contracts/identity.js';
import type { PresentationPlan } from '../../../contracts/presentation.js';
import { useApi } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts, type UseCaseTexts } from '../i18n/use-case-texts.js';
import { workspaceHere } from '../model/place.js';
import { NotesView } from '../present/notes-view.js';
import { PrepareView } from '../present/prepare-view.js';
import { createStage, isStage, openStage } from '../present/stage.js';
import { TalkView } from '../present/talk-view.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import '../styles/present.css';

/** Shows a use case to an audience, on a stage of its own. */
export function PresentPage({ principal }: { readonly principal: Principal }): ReactElement {
  const { useCase = '' } = useParams();
  const { t } = useI18n();
  const texts = useUseCaseTexts(useCase);
  const { search } = useLocation();
  const here = workspaceHere();
  const plan = texts.useCase?.presentation;
  if (texts.useCase === undefined) return <Loading />;
  if (plan === undefined) {
    return (
      <Page title={t('present.title')}>
        <h1>{t('present.title')}</h1>
        <p>{t('present.none')}</p>
      </Page>
    );
  }
  if (search === '?notes') return <NotesView plan={plan} texts={texts} />;
  return here === 'default' ? (
    <Elsewhere useCase={useCase} plan={plan} texts={texts} />
  ) : (
    <OnStage useCase={useCase} plan={plan} texts={texts} principal={principal} workspace={here} />
  );
}

interface PartProps {
  readonly useCase: string;
  readonly plan: PresentationPlan;
  readonly texts: UseCaseTexts;
}

/** In a workspace where people work: the talk takes place somewhere else. */
function Elsewhere({ useCase, plan, texts }: PartProps): ReactElement {
  const api = useApi();
  return (
    <PrepareView
      plan={plan}
      texts={texts}
      prepare={async () => {
        const url = await openStage(api, useCase);
        window.location.assign(`${new URL(url).pathname}/present/${useCase}`);
      }}
    />
  );
}

function OnStage({
  useCase,
  plan,
  texts,
  principal,
  workspace,
}: PartProps & { readonly principal: Principal; readonly workspace: string }): ReactElement {
  const api = useApi();
  const { t } = useI18n();
  const stage = useMemo(() => createStage(api, workspace, useCase, plan), [api, workspace, useCase, plan]);
  const state = useQuery({
    queryKey: ['use-case', 'stage', workspace, useCase],
    queryFn: async () => {
      if (!(await isStage(api, workspace, useCase))) return 'elsewhere' as const;
      return (await stage.ready()) ? ('ready' as const) : ('bare' as const);
    },
    staleTime: Infinity,
  });
  switch (state.data) {
    case undefined:
      return state.isError ? (
        <Page title={t('present.title')}>
          <ProblemNote error={state.error} again={() => void state.refetch()} />
        </Page>
      ) : (
        <Loading />
      );
    case 'elsewhere':
      return <Elsewhere useCase={useCase} plan={plan} texts={texts} />;
    case 'bare':
      return (
        <PrepareView
          plan={plan}
          texts={texts}
          prepare={async (onChapter) => {
            await stage.prepare(onChapter);
            await state.refetch();
          }}
        />
      );
    case 'ready':
      return <TalkView plan={plan} stage={stage} texts={texts} principal={principal} />;
  }
}
