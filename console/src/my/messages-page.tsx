import type { ReactElement } from 'react';
import { useOwnLive, useOwnMessages } from '../api/own-queries.js';
import { useI18n } from '../i18n/i18n.js';
import { Loading } from '../ui/loading.js';
import { Moment } from '../ui/moment.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { BackLink } from './back-link.js';

/** The person's phone: what the government wrote to it, newest last as phones show it. */
export function MessagesPage(): ReactElement {
  const { t } = useI18n();
  useOwnLive();
  const messages = useOwnMessages();
  return (
    <Page title={t('my.messages')}>
      <BackLink />
      <h1>{t('my.messages')}</h1>
      {messages.isPending ? <Loading /> : null}
      {messages.isError ? <ProblemNote error={messages.error} again={() => void messages.refetch()} /> : null}
      {messages.data?.length === 0 ? (
        <div className="empty">
          <p>{t('my.messagesEmpty')}</p>
          <p className="quiet">{t('my.messagesEmptyHint')}</p>
        </div>
      ) : (
        <ol className="phone" aria-label={t('my.messages')}>
          {[...(messages.data ?? [])].reverse().map(({ id, at, sender, title, text }) => (
            <li key={id} className="bubble">
              <p className="bubble-head">
                <strong dir="auto">{sender ?? t('my.unknownSender')}</strong>
                <Moment at={at} withTime />
              </p>
              {title === undefined ? null : (
                <p dir="auto">
                  <strong>{title}</strong>
                </p>
              )}
              <p dir="auto">{text}</p>
            </li>
          ))}
        </ol>
      )}
    </Page>
  );
}
