import type { ReactElement } from 'react';
import type { Case } from '../../../contracts/case.js';
import { useI18n } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/message.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import { statesOf, type StepStatus, type StepView } from '../model/progress.js';
import { Moment } from '../ui/moment.js';
import { Said } from '../ui/said.js';

const statusWords = {
  done: 'case.stepDone',
  now: 'case.stepNow',
  begun: 'case.stepBegun',
  skipped: 'case.stepSkipped',
  ahead: 'case.stepAhead',
} as const satisfies Readonly<Record<StepStatus, MessageKey>>;

/** What a mark alone does not tell is written below it. */
const toldApart: ReadonlySet<StepStatus> = new Set(['now', 'begun', 'skipped']);

/** The steps of the service, with the present one. */
export function Steps({
  steps,
  texts,
}: {
  readonly steps: readonly StepView[];
  readonly texts: UseCaseTexts;
}): ReactElement {
  const { t } = useI18n();
  const present =
    steps.find(({ status }) => status === 'now') ?? steps.findLast(({ status }) => status === 'done');
  return (
    <nav aria-label={t('case.steps')} className="steps-frame">
      <ol className="steps">
        {steps.map(({ id, number, status }) => (
          <li key={id} className={`step step-${status}`} aria-current={status === 'now' ? 'step' : undefined}>
            <span className="step-mark" aria-hidden="true">
              {status === 'done' ? '✓' : status === 'skipped' ? '–' : number}
            </span>
            <span className="step-name">
              <Said said={texts.step(id)} />
              <span className="visually-hidden">: </span>
              <span className={toldApart.has(status) ? 'step-status' : 'visually-hidden'}>
                {t(statusWords[status])}
              </span>
            </span>
          </li>
        ))}
      </ol>
      {present === undefined ? null : (
        <p className="steps-now" aria-hidden="true">
          {present.number}. <Said said={texts.step(present.id)} /> ({t(statusWords[present.status])})
        </p>
      )}
    </nav>
  );
}

/** The way of the case through its states, and where it may go from here. */
export function States({ of, texts }: { readonly of: Case; readonly texts: UseCaseTexts }): ReactElement {
  const { t } = useI18n();
  const { passed, next } = statesOf(of, texts.useCase?.manifest.cases[of.kind]?.states);
  return (
    <section aria-labelledby="states" className="card">
      <h2 id="states">{t('case.states')}</h2>
      <ol className="states">
        {passed.map(({ state, at, present }, index) => (
          <li
            key={index}
            className={present ? 'state state-present' : 'state'}
            aria-current={present ? 'true' : undefined}
          >
            <span className="state-name">
              <Said said={texts.state(of.kind, state)} />
              {present ? <span className="visually-hidden"> ({t('case.present')})</span> : null}
            </span>
            <span className="quiet">
              <Moment at={at} />
            </span>
          </li>
        ))}
      </ol>
      {next.length === 0 || of.closedAt !== undefined ? null : (
        <>
          <h3 className="small-title">{t('case.next')}</h3>
          <ul className="next-states">
            {next.map((state) => (
              <li key={state} className="badge badge-ahead">
                <Said said={texts.state(of.kind, state)} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
