import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { useApi } from '../api/queries.js';
import type { Access } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts, type UseCaseTexts } from '../i18n/use-case-texts.js';
import { HeldConsents } from '../my/held-consents.js';
import { CaseNumber } from '../ui/case-number.js';
import { FieldList } from '../ui/field-list.js';
import { Loading } from '../ui/loading.js';
import { Moment } from '../ui/moment.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';
import { Told } from '../ui/told.js';
import { WithTerms } from '../ui/with-terms.js';

const PAGE = 50;

/** Who read the signed-in person's data, from the message log: also what was refused. */
export function AccessesPage(): ReactElement {
  const { t } = useI18n();
  const api = useApi();
  const accesses = useInfiniteQuery({
    queryKey: ['accesses'],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ limit: String(PAGE) });
      if (pageParam !== '') query.set('after', pageParam);
      return api.get<{ accesses: readonly Access[]; next?: string }>(
        `/api/v1/me/accesses?${query.toString()}`,
      );
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchOnMount: 'always',
  });
  const shown = accesses.data?.pages.flatMap((page) => page.accesses) ?? [];
  return (
    <Page title={t('accesses.title')}>
      <h1>{t('accesses.title')}</h1>
      <HeldConsents />
      <h2>{t('accesses.did')}</h2>
      <p className="quiet">{t('accesses.lead')}</p>
      {accesses.isPending ? <Loading /> : null}
      {accesses.isError ? <ProblemNote error={accesses.error} again={() => void accesses.refetch()} /> : null}
      {accesses.isSuccess && shown.length === 0 ? (
        <div className="empty">
          <p>{t('accesses.empty')}</p>
          <p className="quiet">
            <WithTerms text={t('accesses.emptyHint')} />
          </p>
        </div>
      ) : null}
      <ol className="access-list">
        {shown.map((access) => (
          <AccessRow key={access.id} access={access} />
        ))}
      </ol>
      {accesses.hasNextPage ? (
        <p className="list-end">
          <button
            type="button"
            className="button"
            disabled={accesses.isFetchingNextPage}
            onClick={() => void accesses.fetchNextPage()}
          >
            {t('cases.more')}
          </button>
        </p>
      ) : null}
    </Page>
  );
}

function AccessRow({ access }: { readonly access: Access }): ReactElement {
  const { t, language } = useI18n();
  const texts = useUseCaseTexts(access.case?.useCase);
  const client =
    texts.useCase?.manifest.title === access.clientTitle
      ? texts.title
      : { text: access.clientTitle, lang: 'en' };
  const fields = access.fields?.map((field) =>
    field === '*' ? { text: t('accesses.everything'), lang: language } : texts.fact(field),
  );
  return (
    <li className={access.outcome === 'answered' ? 'card access' : 'card access access-refused'}>
      <p className="access-head">
        <Moment at={access.time} withTime />
        {access.outcome === 'answered' ? null : (
          <strong className="trouble-mark">{t(`call.${access.outcome}`)}</strong>
        )}
      </p>
      <h3 className="task-title">
        <Said said={texts.service(access.serviceTitle)} />
      </h3>
      <dl className="data">
        <div>
          <dt>{t('accesses.who')}</dt>
          <dd>
            <Said said={client} />
          </dd>
        </div>
        {fields === undefined ? null : <FieldList term={t('accesses.what')} words={fields} />}
        <div>
          <dt>{t('accesses.why')}</dt>
          <dd>
            <Why access={access} texts={texts} />
          </dd>
        </div>
        {access.case === undefined ? null : (
          <div>
            <dt>{t('accesses.case')}</dt>
            <dd>
              <Link to={`/cases/${access.case.id}`}>
                <CaseNumber>{access.case.number}</CaseNumber>
              </Link>
              {access.step === undefined ? null : (
                <>
                  {' · '}
                  <Said said={texts.step(access.step)} />
                </>
              )}
            </dd>
          </div>
        )}
      </dl>
    </li>
  );
}

/** The consent or the law under which it was let through, or why it was not. */
function Why({
  access: { basis, refusal },
  texts,
}: {
  readonly access: Access;
  readonly texts: UseCaseTexts;
}): ReactElement {
  const { t } = useI18n();
  if (refusal !== undefined) return <Told text={refusal} />;
  switch (basis?.kind) {
    case 'consent':
      return (
        <>
          {t('accesses.consent')} (<code>{basis.agreement}</code>)
        </>
      );
    case 'public-task':
      return (
        <span dir="auto">
          {t('call.publicTask', { reference: texts.value(basis.reference)?.text ?? basis.reference })}
        </span>
      );
    case 'not-personal':
    case undefined:
      return <>{t('call.notPersonal')}</>;
  }
}
