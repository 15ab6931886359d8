import { useMemo, type ReactElement, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { CaseFile } from '../../../contracts/case-file.js';
import { Basis } from '../case/calls.js';
import { FactText } from '../case/facts-view.js';
import { useI18n } from '../i18n/i18n.js';
import { textsOf } from '../i18n/use-case-texts.js';
import { useStory } from '../live/use-story.js';
import { kindOfFact, listedFacts } from '../model/facts.js';
import { plainText } from '../model/json.js';
import { reportOf } from '../model/report.js';
import { storyOf, type StoryLog } from '../model/story.js';
import { SavingsView } from '../present/savings-view.js';
import { useSentence } from '../story/use-sentence.js';
import { BlockChip } from '../ui/block-chip.js';
import { Loading } from '../ui/loading.js';
import { Moment } from '../ui/moment.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';
import '../styles/report.css';

/** A case on paper: what happened, who acted, which blocks, under which consent, and what proves it. */
export function ReportPage(): ReactElement {
  const { id = '' } = useParams();
  const { t } = useI18n();
  const { file, log, error, refetch } = useStory(id);
  if (file === undefined || log === undefined) {
    return (
      <Page title={t('report.title')}>
        {error === null ? <Loading /> : <ProblemNote error={error} again={refetch} />}
      </Page>
    );
  }
  return <Report key={id} file={file} log={log} />;
}

function Report({ file, log }: { readonly file: CaseFile; readonly log: StoryLog }): ReactElement {
  const { t, language, number, span, list, date, dateTime } = useI18n();
  const texts = useMemo(() => textsOf({ ...log.useCase, forms: {} }, language), [log, language]);
  const figures = useMemo(() => reportOf(log), [log]);
  const beats = useMemo(() => storyOf(log).filter(({ kind }) => kind !== 'noted'), [log]);
  const sentenceOf = useSentence(texts, log);
  const root = log.cases.find(({ case: of }) => of.id === log.caseId)?.case;
  if (root === undefined) return <Loading />;
  const few: readonly (readonly [string, string])[] = [
    [t('report.acts'), number(figures.acts.length)],
    [t('report.calls'), number(figures.calls)],
    [t('report.blocks'), number(figures.blocks.length)],
    [t('report.refused'), number(figures.refused)],
    [t('report.failed'), number(figures.failed)],
    [t('report.callTime'), span(figures.callTime)],
  ];
  return (
    <Page title={t('report.titleOf', { number: root.number })} wide>
      <article className="report">
        <header>
          <h1>{t('report.titleOf', { number: root.number })}</h1>
          <p className="lead">
            <Said said={texts.title} /> · <Said said={texts.kind(root.kind)} /> ·{' '}
            <strong>
              <Said said={texts.state(root.kind, root.state)} />
            </strong>
          </p>
          <p className="quiet">
            {date(figures.from)} – {date(figures.until)} ·{' '}
            {t('report.written', { date: dateTime(file.exportedAt) })}
          </p>
          <p className="buttons no-print">
            <button type="button" className="button button-main" onClick={() => window.print()}>
              {t('report.print')}
            </button>
            <Link className="button" to={`/cases/${root.id}/story`}>
              {t('story.toStory')}
            </Link>
          </p>
        </header>
        <dl className="report-figures">
          {few.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {(log.useCase.presentation?.savings.length ?? 0) === 0 ? null : (
          <Part title={t('report.spared')}>
            <SavingsView log={log} texts={texts} />
          </Part>
        )}
        <Part title={t('report.who')}>
          <Table heads={[t('report.when'), t('report.role'), t('report.did')]}>
            {figures.acts.map((task) => (
              <tr key={task.id}>
                <td>
                  <Moment at={task.completedAt ?? task.createdAt} withTime />
                </td>
                <td>
                  {t(`role.${task.role}`)}
                  {task.by === undefined ? null : (
                    <>
                      {' '}
                      <bdi className="quiet">{task.by}</bdi>
                    </>
                  )}
                </td>
                <td>
                  <Said said={texts.form(task.form, task.name)} />
                </td>
              </tr>
            ))}
          </Table>
        </Part>
        <Part title={t('report.consents')}>
          <Table heads={[t('call.basis'), t('report.calls'), t('report.fields')]}>
            {figures.bases.map(({ basis, calls, fields }, index) => (
              <tr key={index}>
                <td>
                  <Basis basis={basis.kind === 'consent' ? { ...basis, fields } : basis} texts={texts} />
                </td>
                <td>{number(calls)}</td>
                <td>{list(fields.map((field) => texts.value(field)?.text ?? field)) || '–'}</td>
              </tr>
            ))}
          </Table>
        </Part>
        <Part title={t('report.blocks')}>
          <Table heads={[t('call.block'), t('report.calls'), t('call.time')]}>
            {figures.blocks.map(({ block, calls, milliseconds }) => (
              <tr key={block}>
                <td>
                  <BlockChip block={block} />
                </td>
                <td>{number(calls)}</td>
                <td>{span(milliseconds)}</td>
              </tr>
            ))}
          </Table>
        </Part>
        <Facts root={root} texts={texts} />
        <Part title={t('case.timeline')}>
          <ol className="report-story">
            {beats.slice(0, MOST).map((beat) => (
              <li key={beat.id}>
                <Said said={sentenceOf(beat)} />{' '}
                <span className="quiet">
                  <Moment at={beat.time} withTime />
                </span>
              </li>
            ))}
          </ol>
          {beats.length > MOST ? (
            <p className="quiet">{t('report.more', { n: beats.length - MOST })}</p>
          ) : null}
        </Part>
        <Part title={t('report.proof')}>
          <p>{t('report.proofText')}</p>
          <p className="report-seal">
            {file.seal === null ? (
              t('report.noSeal')
            ) : (
              <>
                {t('report.seal', { n: file.seal.upTo })} <code>{file.seal.head}</code>
              </>
            )}
          </p>
          <p className="quiet">{t('app.training')}</p>
        </Part>
      </article>
    </Page>
  );
}

/** More than anybody reads on paper. */
const MOST = 300;

function Facts({
  root,
  texts,
}: {
  readonly root: CaseFile['cases'][number]['case'];
  readonly texts: ReturnType<typeof textsOf>;
}): ReactElement | null {
  const { t, money } = useI18n();
  const facts = listedFacts(root.facts).filter(
    ([name, value]) => kindOfFact(name, value, root.facts) !== 'nested',
  );
  if (facts.length === 0) return null;
  return (
    <Part title={t('case.facts')}>
      <dl className="data">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>
              <Said said={texts.fact(name)} />
            </dt>
            <dd>
              {kindOfFact(name, value, root.facts) === 'money' ? (
                <bdi>{money(Number(value), plainText(root.facts['currency']))}</bdi>
              ) : typeof value === 'boolean' ? (
                t(value ? 'form.yes' : 'form.no')
              ) : (
                <FactText text={plainText(value)} texts={texts} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Table({
  heads,
  children,
}: {
  readonly heads: readonly string[];
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={heads.join(', ')}>
      <table className="report-table">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
