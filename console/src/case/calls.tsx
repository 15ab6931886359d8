import { useState, type ReactElement, type ReactNode } from 'react';
import type { Exchange, ExchangePayload, LawfulBasisUsed } from '../../../contracts/exchange.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import { BlockChip } from '../ui/block-chip.js';
import { Told } from '../ui/told.js';

/** Many calls of one loop look alike: the first ones tell the story. */
const SHOWN = 12;

interface CallsProps {
  readonly exchanges: readonly Exchange[];
  readonly texts: Pick<UseCaseTexts, 'value'>;
  /** Fetches the bodies; absent for those who may not see them. */
  readonly bodies: ((exchange: Exchange) => Promise<ExchangePayload | undefined>) | undefined;
  /** What else there is to do with a call. */
  readonly more?: (exchange: Exchange) => ReactNode;
}

/** The calls of a step: which block, which operation, what came of it, and why it was allowed. */
export function Calls({ exchanges, texts, bodies, more }: CallsProps): ReactElement | null {
  const { t } = useI18n();
  if (exchanges.length === 0) return null;
  return (
    <ul className="calls">
      {exchanges.slice(0, SHOWN).map((exchange) => (
        <li key={exchange.id}>
          <Call exchange={exchange} texts={texts} bodies={bodies} more={more} />
        </li>
      ))}
      {exchanges.length > SHOWN ? (
        <li className="quiet">{t('call.more', { n: exchanges.length - SHOWN })}</li>
      ) : null}
    </ul>
  );
}

function Call({
  exchange,
  texts,
  bodies,
  more,
}: Omit<CallsProps, 'exchanges' | 'more'> & {
  readonly exchange: Exchange;
  readonly more: CallsProps['more'];
}): ReactElement {
  const { t, span } = useI18n();
  const { outcome, status } = exchange;
  const good = outcome === 'answered' && status < 400;
  return (
    <details className={good ? 'call' : 'call call-bad'}>
      <summary>
        <BlockChip block={exchange.block} />
        <code className="operation">{exchange.operationId ?? `${exchange.method} ${exchange.path}`}</code>
        <span className="call-result">
          {outcome === 'answered' ? status : t(`call.${outcome}`)} · {span(exchange.milliseconds)}
        </span>
      </summary>
      <dl className="data">
        <div>
          <dt>{t('call.operation')}</dt>
          <dd>
            <code>
              {exchange.method} {exchange.path}
            </code>
          </dd>
        </div>
        <div>
          <dt>{t('call.status')}</dt>
          <dd>
            {status === 0 ? null : `${status} · `}
            {t(`call.${outcome}`)}
            {exchange.refusal === undefined ? null : (
              <>
                {' – '}
                <Told text={exchange.refusal} />
              </>
            )}
          </dd>
        </div>
        {exchange.basis === undefined ? null : (
          <div>
            <dt>{t('call.basis')}</dt>
            <dd>
              <Basis basis={exchange.basis} texts={texts} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('call.deliveredTo')}</dt>
          <dd>{exchange.deliveredTo === 'mock' ? t('call.mock') : <code>{exchange.deliveredTo}</code>}</dd>
        </div>
        <div>
          <dt>{t('call.hashes')}</dt>
          <dd>
            <code>{exchange.requestHash.slice(0, 12)}</code> →{' '}
            <code>{exchange.responseHash.slice(0, 12)}</code>
          </dd>
        </div>
      </dl>
      {bodies === undefined ? null : <Bodies exchange={exchange} bodies={bodies} />}
      {more?.(exchange)}
    </details>
  );
}

export function Basis({
  basis,
  texts,
}: {
  readonly basis: LawfulBasisUsed;
  /** Of the use case, which says the law and the fields in the reader's language. */
  readonly texts: Pick<UseCaseTexts, 'value'>;
}): ReactElement {
  const { t, list } = useI18n();
  switch (basis.kind) {
    case 'consent':
      return (
        <>
          {t('call.consent')} (<code>{basis.agreement}</code>)
          <br />
          {t('call.fields', { list: list(basis.fields.map((field) => texts.value(field)?.text ?? field)) })}
        </>
      );
    case 'public-task':
      return (
        <span dir="auto">
          {t('call.publicTask', { reference: texts.value(basis.reference)?.text ?? basis.reference })}
        </span>
      );
    case 'not-personal':
      return <>{t('call.notPersonal')}</>;
  }
}

export function Bodies({
  exchange,
  bodies,
}: {
  readonly exchange: Exchange;
  readonly bodies: NonNullable<CallsProps['bodies']>;
}): ReactElement {
  const { t } = useI18n();
  const [shown, setShown] = useState<ExchangePayload | 'erased' | undefined>(undefined);
  const toggle = async (): Promise<void> =>
    setShown(
      shown === undefined
        ? await bodies(exchange).then(
            (payload) => payload ?? 'erased',
            () => 'erased' as const,
          )
        : undefined,
    );
  return (
    <>
      <button
        type="button"
        className="button button-quiet"
        aria-expanded={shown !== undefined}
        onClick={() => void toggle()}
      >
        {shown === undefined ? t('call.showBodies') : t('call.hideBodies')}
      </button>
      {shown === 'erased' ? <p className="quiet">{t('call.erased')}</p> : null}
      {shown === undefined || shown === 'erased' ? null : (
        <>
          <Body title={t('call.request')} value={shown.requestBody} />
          <Body title={t('call.response')} value={shown.responseBody} />
        </>
      )}
    </>
  );
}

function Body({ title, value }: { readonly title: string; readonly value: unknown }): ReactElement {
  return (
    <>
      <p className="small-title">{title}</p>
      <pre className="body" dir="ltr" tabIndex={0} role="group" aria-label={title}>
        {JSON.stringify(value, undefined, 2)}
      </pre>
    </>
  );
}
