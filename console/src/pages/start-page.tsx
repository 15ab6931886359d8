import type { ReactElement } from 'react';
import { Link, useLocation } from 'react-router';
import type { Principal } from '../../../contracts/identity.js';
import { usePersonas, useUseCases } from '../api/queries.js';
import type { Persona, UseCaseSummary } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import { usePersonaTexts } from '../i18n/persona-texts.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { mayOperate } from '../model/acting.js';
import { workspaceHere } from '../model/place.js';
import { Avatar } from '../ui/avatar.js';
import { InWorkspace, JoinForm } from '../ui/join-form.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { PersonaLink } from '../ui/persona-link.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';
import { Tour } from '../ui/tour.js';
import { WithTerms } from '../ui/with-terms.js';

/** What this is, and as whom one may see it. Also the place for those whose session is over. */
export function StartPage({ principal }: { readonly principal: Principal | undefined }): ReactElement {
  const { t } = useI18n();
  const state = useLocation().state as { returnTo?: string } | null;
  const personas = usePersonas();
  const useCases = useUseCases();
  const returnTo = state?.returnTo;
  return (
    <Page title={t('start.title')} wide>
      {state?.returnTo !== undefined && principal === undefined ? (
        <p className="note" role="status">
          {t('start.signedOut')}
        </p>
      ) : null}
      <div className="hero">
        <h1>{t('start.title')}</h1>
        <p className="lead">
          <WithTerms text={t('start.lead')} />
        </p>
      </div>
      <Tour />
      {workspaceHere() === 'default' ? <JoinForm /> : <InWorkspace />}
      <section aria-labelledby="personas">
        <h2 id="personas">{t('start.continueAs')}</h2>
        <p className="quiet">{t('start.continueHint')}</p>
        {personas.isError ? (
          <ProblemNote error={personas.error} again={() => void personas.refetch()} />
        ) : null}
        {personas.isPending ? <Loading /> : null}
        <PersonaGroups personas={personas.data ?? []} returnTo={returnTo} present={principal?.username} />
      </section>
      <section aria-labelledby="use-cases">
        <h2 id="use-cases">{t('start.useCase')}</h2>
        <p>
          <Link className="button" to="/use-cases">
            {t('start.browse')}
          </Link>
        </p>
        {useCases.isError ? (
          <ProblemNote error={useCases.error} again={() => void useCases.refetch()} />
        ) : null}
        {useCases.data?.length === 0 ? <p>{t('start.noUseCases')}</p> : null}
        {(useCases.data ?? []).map((useCase) => (
          <UseCaseCard key={useCase.id} useCase={useCase} />
        ))}
      </section>
    </Page>
  );
}

function PersonaGroups({
  personas,
  returnTo,
  present,
}: {
  readonly personas: readonly Persona[];
  readonly returnTo: string | undefined;
  readonly present: string | undefined;
}): ReactElement {
  const { t } = useI18n();
  const groups = [
    { title: t('start.people'), members: personas.filter(({ roles }) => roles.includes('citizen')) },
    {
      title: t('start.officers'),
      members: personas.filter((one) => !one.roles.includes('citizen') && !mayOperate(one)),
    },
    { title: t('start.operators'), members: personas.filter(mayOperate) },
  ].filter(({ members }) => members.length > 0);
  return (
    <>
      {groups.map(({ title, members }) => (
        <div key={title}>
          <h3>{title}</h3>
          <ul className="cards">
            {members.map((persona) => (
              <PersonaCard
                key={persona.id}
                persona={persona}
                returnTo={returnTo}
                present={persona.username === present}
              />
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

function PersonaCard({
  persona,
  returnTo,
  present,
}: {
  readonly persona: Persona;
  readonly returnTo: string | undefined;
  readonly present: boolean;
}): ReactElement {
  const { t } = useI18n();
  const texts = usePersonaTexts();
  return (
    <li className={present ? 'card persona-card persona-present' : 'card persona-card'}>
      <Avatar name={persona.name} />
      <div>
        <h4>
          <bdi>{persona.name}</bdi>
        </h4>
        <p className="quiet">
          <Said said={texts.title(persona)} />
        </p>
      </div>
      <p className="story">
        <Said said={texts.story(persona)} />
      </p>
      {present ? (
        <p className="you">{t('start.you')}</p>
      ) : (
        <PersonaLink className="button" persona={persona} returnTo={returnTo}>
          {t('start.continueName', { name: persona.name })}
        </PersonaLink>
      )}
    </li>
  );
}

function UseCaseCard({ useCase }: { readonly useCase: UseCaseSummary }): ReactElement | null {
  const { t, list } = useI18n();
  const texts = useUseCaseTexts(useCase.id);
  // A card whose words are on their way would be a heading with nothing in it.
  if (texts.useCase === undefined) return null;
  return (
    <article className="card use-case">
      <h3>
        <Said said={texts.title} />
      </h3>
      <p className="summary">
        <Said said={texts.summary} />
      </p>
      <p className="quiet">
        {t('start.reference', { reference: useCase.reference })} ·{' '}
        {t('start.goals', { list: list(useCase.sdgs.map(String)) })}
      </p>
      <h4>{t('start.steps')}</h4>
      <ol className="step-list">
        {useCase.steps.map(({ id, blocks }) => (
          <li key={id}>
            <Said said={texts.step(id)} />
            <span className="quiet step-blocks">{list(blocks.map((block) => blockName(block, t)))}</span>
          </li>
        ))}
      </ol>
    </article>
  );
}

function blockName(block: string, t: ReturnType<typeof useI18n>['t']): string {
  return t(`block.${block}` as Parameters<typeof t>[0]);
}
