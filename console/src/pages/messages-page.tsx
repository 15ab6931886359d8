import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { CallbackView } from '../../../contracts/callbacks.js';
import type { Principal } from '../../../contracts/identity.js';
import { useApi } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { mayOperate } from '../model/acting.js';
import '../styles/workspace.css';
import { BlockChip } from '../ui/block-chip.js';
import { Loading } from '../ui/loading.js';
import { Moment } from '../ui/moment.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useChange } from '../workspace/workspace-queries.js';

/** As the messaging block keeps them: SMS have a text, e-mails a subject as well. */
interface Message {
  readonly id: string;
  readonly channel: string;
  readonly at?: string;
  readonly recipient?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly body?: string;
  readonly status?: string;
}

/** How far the mock says that a message is. A real system may say something else. */
const DELIVERY = ['scheduled', 'processing', 'deferred', 'bounced', 'notSent', 'delivered'] as const;

const RENEW_MS = 5_000;

/** What people got on their phones and in their mailboxes, and what the blocks reported back. For officers. */
export function MessagesPage({ principal }: { readonly principal: Principal }): ReactElement {
  const { t } = useI18n();
  const api = useApi();
  const messages = useQuery({
    queryKey: ['messages'],
    queryFn: async () => (await api.get<{ messages: readonly Message[] }>('/api/v1/messages')).messages,
    refetchInterval: RENEW_MS,
  });
  return (
    <Page title={t('nav.messages')} wide>
      <h1>{t('outbox.title')}</h1>
      <p className="lead">{t('outbox.lead')}</p>
      {messages.isPending ? <Loading /> : null}
      {messages.isError ? <ProblemNote error={messages.error} /> : null}
      {messages.data?.length === 0 ? (
        <div className="empty">
          <p>{t('outbox.none')}</p>
          <p className="quiet">{t('outbox.noneHint')}</p>
        </div>
      ) : null}
      <ul className="message-grid">
        {messages.data?.map((message) => (
          <MessageItem key={message.id} message={message} />
        ))}
      </ul>
      <Callbacks mayReplay={mayOperate(principal)} />
    </Page>
  );
}

function MessageItem({ message }: { readonly message: Message }): ReactElement {
  const { t } = useI18n();
  const { channel, recipient = '', subject, text, body, at, status } = message;
  const sms = channel === 'sms';
  const known = DELIVERY.find((one) => one === status);
  return (
    <li className="message">
      <p className="small-title">
        {t(sms ? 'outbox.sms' : 'outbox.email', { who: `\u2068${recipient}\u2069` })}
      </p>
      <div className={sms ? 'bubble-sms' : 'letter'} dir="auto">
        {subject === undefined ? null : (
          <p>
            <strong>{subject}</strong>
          </p>
        )}
        {text ?? body ?? ''}
      </div>
      <p className="quiet message-foot">
        {at === undefined ? null : <Moment at={at} />}
        {status === undefined ? null : ' · '}
        {known === undefined ? <bdi lang="en">{status}</bdi> : t(`delivery.${known}`)}
      </p>
    </li>
  );
}

function Callbacks({ mayReplay }: { readonly mayReplay: boolean }): ReactElement {
  const { t, told, dateTime } = useI18n();
  const api = useApi();
  const { data, error } = useQuery({
    queryKey: ['callbacks'],
    queryFn: async () =>
      (await api.get<{ callbacks: readonly CallbackView[] }>('/api/v1/callbacks?limit=50')).callbacks,
    refetchInterval: RENEW_MS,
  });
  const replay = useChange((client, id: string) =>
    client.post(`/api/v1/callbacks/${encodeURIComponent(id)}/replay`),
  );
  return (
    <section aria-labelledby="callbacks">
      <h2 id="callbacks">{t('outbox.callbacks')}</h2>
      <p className="quiet">{t('outbox.callbacksLead')}</p>
      {error === null ? null : <ProblemNote error={error} />}
      {data?.length === 0 ? <p>{t('outbox.noCallbacks')}</p> : null}
      {replay.isError ? <ProblemNote error={replay.error} /> : null}
      <ul className="place-list">
        {data?.map((callback) => (
          <li key={callback.id}>
            <span>
              <BlockChip block={callback.block} /> <code>{callback.operationId}</code>
              <br />
              <span className="quiet">
                {dateTime(callback.sentAt)} · {t('outbox.attempts', { n: callback.attempts.length })} ·{' '}
                <bdi dir="ltr">
                  {callback.attempts
                    .map(({ status, failure = '' }) => status ?? told(failure).text)
                    .join(', ')}
                </bdi>
              </span>
            </span>
            <span className="buttons">
              <span className={callback.state === 'delivered' ? 'badge badge-closed' : 'badge badge-trouble'}>
                {t(`callback.${callback.state}`)}
              </span>
              {mayReplay ? (
                <button
                  type="button"
                  className="button"
                  disabled={replay.isPending}
                  aria-label={`${t('outbox.replay')}: ${callback.id}`}
                  onClick={() => replay.mutate(callback.id)}
                >
                  {t('outbox.replay')}
                </button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
