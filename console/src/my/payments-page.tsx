import type { ReactElement } from 'react';
import { useOwnLive, useOwnPayments, type OwnPayment } from '../api/own-queries.js';
import { useI18n } from '../i18n/i18n.js';
import { Loading } from '../ui/loading.js';
import { Moment } from '../ui/moment.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { BackLink } from './back-link.js';

/** What was paid to the signed-in person, newest first. */
export function PaymentsPage(): ReactElement {
  const { t } = useI18n();
  useOwnLive();
  const payments = useOwnPayments();
  return (
    <Page title={t('my.payments')}>
      <BackLink />
      <h1>{t('my.payments')}</h1>
      <p className="lead">{t('my.paymentsLead')}</p>
      {payments.isPending ? <Loading /> : null}
      {payments.isError ? <ProblemNote error={payments.error} again={() => void payments.refetch()} /> : null}
      {payments.data?.length === 0 ? (
        <div className="empty">
          <p>{t('my.paymentsEmpty')}</p>
          <p className="quiet">{t('my.paymentsEmptyHint')}</p>
        </div>
      ) : null}
      <ul className="my-list">
        {payments.data?.map((payment) => (
          <Receipt key={payment.instructionId} payment={payment} />
        ))}
      </ul>
    </Page>
  );
}

function Receipt({ payment }: { readonly payment: OwnPayment }): ReactElement {
  const { t, money } = useI18n();
  return (
    <li className="card receipt">
      <p className="my-figure">{money(payment.amount, payment.currency)}</p>
      <dl className="data">
        <div>
          <dt>{t('my.paidOn')}</dt>
          <dd>
            <Moment at={payment.at} />
          </dd>
        </div>
        <div>
          <dt>{t('my.paidTo')}</dt>
          <dd>
            <bdi dir="ltr">{payment.account}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('my.reference')}</dt>
          <dd>
            <bdi dir="ltr">{payment.instructionId}</bdi>
          </dd>
        </div>
      </dl>
      <p className="card-training">{t('case.cardTraining')}</p>
    </li>
  );
}
