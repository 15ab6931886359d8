import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import type { Principal } from '../../../contracts/identity.js';
import type { WorkflowDocument } from '../../../contracts/workflow.js';
import { useApi } from '../api/queries.js';
import type { UseCaseSummary, WorkflowCalls } from '../api/types.js';
import { AnyBlock } from '../catalogue/any-block.js';
import { Chain } from '../catalogue/chain.js';
import { RunsBadge, type EntryProps } from '../catalogue/entry-card.js';
import { useCatalogue, useEntryTexts } from '../catalogue/use-catalogue.js';
import { DiagramLegend } from '../diagram/diagram-legend.js';
import { WorkflowDiagram } from '../diagram/workflow-diagram.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { mayOpen, mayTrain } from '../model/acting.js';
import { publishedSaid } from '../model/catalogue.js';
import '../styles/catalogue.css';
import { CopyButton } from '../ui/copy-button.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';
import { NotFoundPage } from './not-found-page.js';

/** What one thing of a scenario takes by hand, in minutes. */
const MINUTES_EACH = 0.5;

/** One use case: its story, its steps, who takes part, what it is made of; and how to play it, if it runs here. */
export function UseCasePage({ principal }: { readonly principal: Principal | undefined }): ReactElement {
  const { t } = useI18n();
  const { id } = useParams();
  const { entries, published, error, again } = useCatalogue();
  const entry = entries?.find(({ key }) => key === id);
  if (entries === undefined || published === undefined) {
    return (
      <Page title={t('nav.useCases')}>
        {error === null ? <Loading /> : <ProblemNote error={error} again={again} />}
      </Page>
    );
  }
  if (entry === undefined) return <NotFoundPage />;
  return <OneUseCase key={entry.key} entry={entry} published={published} principal={principal} />;
}

function OneUseCase({
  entry,
  published,
  principal,
}: EntryProps & { readonly principal: Principal | undefined }): ReactElement {
  const { t, language } = useI18n();
  const texts = useEntryTexts(entry, published);
  const { running } = entry;
  return (
    <Page title={texts.title.text} wide>
      <p>
        <Link className="quiet-link" to="/use-cases">
          {t('catalogue.all')}
        </Link>
      </p>
      <div className="hero">
        <p className="entry-head">
          <RunsBadge running={running !== undefined} />
          <span className="quiet">
            {entry.sector === 'other' ? (
              t('catalogue.otherSector')
            ) : (
              <Said said={publishedSaid(published.sectors[entry.sector], language)} />
            )}{' '}
            · {t('start.reference', { reference: entry.reference })}
          </span>
        </p>
        <h1>
          <Said said={texts.title} />
        </h1>
        <p className="lead">
          <Said said={texts.summary} />
        </p>
      </div>
      {running === undefined ? (
        <p className="note">{t('catalogue.specifiedHint')}</p>
      ) : (
        <Play useCase={running} principal={principal} />
      )}
      <section aria-labelledby="steps">
        <h2 id="steps">{t('catalogue.steps')}</h2>
        <ol className="step-list">
          {entry.steps.map(({ id, blocks }, index) => (
            <li key={`${id} ${index}`}>
              <Said said={texts.step(id)} />
              <span className="step-blocks-list">
                {blocks.map((block) => (
                  <AnyBlock key={block} block={block} published={published} />
                ))}
              </span>
            </li>
          ))}
        </ol>
      </section>
      {running === undefined ? null : <Actors useCase={running} />}
      <Chain entry={entry} published={published} />
      {running === undefined ? null : (
        <>
          <Scenarios useCase={running} />
          <Inside useCase={running} />
        </>
      )}
    </Page>
  );
}

function Play({
  useCase,
  principal,
}: {
  readonly useCase: UseCaseSummary;
  readonly principal: Principal | undefined;
}): ReactElement {
  const { t, list, language } = useI18n();
  const texts = useUseCaseTexts(useCase.id);
  const names = new Intl.DisplayNames([language], { type: 'language' });
  const languageName = (locale: string): string => {
    const name = names.of(locale) ?? locale;
    return useCase.drafts?.includes(locale) === true ? t('catalogue.draft', { language: name }) : name;
  };
  const demo = useCase.scenarios.find(({ name }) => name === useCase.defaultScenario);
  const kinds = Object.entries(useCase.cases).filter(
    ([, kind]) => principal !== undefined && mayOpen(kind, principal),
  );
  return (
    <>
      <dl className="fact-row">
        {demo === undefined ? null : (
          <div>
            <dt>{t('catalogue.time')}</dt>
            <dd>{t('catalogue.minutes', { n: Math.ceil(demo.steps * MINUTES_EACH) })}</dd>
          </div>
        )}
        <div>
          <dt>{t('catalogue.languages')}</dt>
          <dd>{list(useCase.locales.map(languageName))}</dd>
        </div>
        <div>
          <dt>{t('catalogue.version')}</dt>
          <dd>{useCase.version}</dd>
        </div>
      </dl>
      {principal === undefined ? <p className="quiet">{t('catalogue.signInFirst')}</p> : null}
      {principal !== undefined && mayTrain(principal) && texts.useCase?.presentation !== undefined ? (
        <p className="buttons">
          <Link className="button button-main" to={`/present/${useCase.id}`}>
            {t('present.title')}
          </Link>
        </p>
      ) : null}
      {kinds.length === 0 ? null : (
        <p className="buttons" role="group" aria-label={t('catalogue.open')}>
          {kinds.map(([kind]) => (
            <Link key={kind} className="button" to={`/cases/new/${useCase.id}/${kind}`}>
              <span aria-hidden="true">+ </span>
              <Said said={texts.kind(kind)} />
            </Link>
          ))}
        </p>
      )}
    </>
  );
}

function Actors({ useCase }: { readonly useCase: UseCaseSummary }): ReactElement {
  const { t } = useI18n();
  const texts = useUseCaseTexts(useCase.id);
  return (
    <section aria-labelledby="actors">
      <h2 id="actors">{t('catalogue.actors')}</h2>
      <dl className="actor-list">
        {useCase.actors.map(({ id, title, description }) => (
          <div key={id}>
            <dt>
              <Said said={texts.actor(id, title)} />
            </dt>
            <dd className="quiet">
              <Said said={texts.actorStory(id, description)} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Scenarios({ useCase }: { readonly useCase: UseCaseSummary }): ReactElement {
  const { t } = useI18n();
  const texts = useUseCaseTexts(useCase.id);
  return (
    <section aria-labelledby="scenarios">
      <h2 id="scenarios">{t('catalogue.scenarios')}</h2>
      <p className="quiet">{t('catalogue.scenariosHint')}</p>
      <ul className="scenario-list">
        {useCase.scenarios.map(({ name, title, steps }) => {
          const said = texts.scenario(name, title);
          const command = `npm run sandbox -- run ${useCase.id} --scenario ${name}`;
          return (
            <li key={name}>
              <span>
                <strong>
                  <Said said={said} />
                </strong>{' '}
                <span className="quiet">· {t('catalogue.happenings', { n: steps })}</span>
                <br />
                <code>{command}</code>
              </span>
              <CopyButton text={command} label={`${t('copy.copy')}: ${said.text}`} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The workflows as pictures, each fetched when somebody opens it. */
function Inside({ useCase }: { readonly useCase: UseCaseSummary }): ReactElement {
  const { t } = useI18n();
  return (
    <section aria-labelledby="inside">
      <h2 id="inside">{t('catalogue.workflows')}</h2>
      <p className="quiet">{t('catalogue.workflowsHint')}</p>
      {useCase.workflows.map((workflow) => (
        <WorkflowPicture
          key={`${workflow.name} ${workflow.version}`}
          useCase={useCase.id}
          workflow={workflow}
        />
      ))}
    </section>
  );
}

function WorkflowPicture({
  useCase,
  workflow,
}: {
  readonly useCase: string;
  readonly workflow: WorkflowCalls;
}): ReactElement {
  const api = useApi();
  const texts = useUseCaseTexts(useCase);
  const [open, setOpen] = useState(false);
  const { data, isError, error } = useQuery({
    queryKey: ['workflow', useCase, workflow.name],
    queryFn: () =>
      api.get<WorkflowDocument>(`/api/v1/use-cases/${useCase}/workflows/${workflow.name}/document`),
    enabled: open,
    staleTime: Infinity,
  });
  return (
    <details className="workflow-details" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <Said said={texts.workflow(workflow.name, workflow.title)} />
      </summary>
      {isError ? <ProblemNote error={error} /> : null}
      {open && data === undefined && !isError ? <Loading /> : null}
      {data === undefined ? null : (
        <>
          <WorkflowDiagram document={data} texts={texts} />
          <DiagramLegend />
        </>
      )}
    </details>
  );
}
