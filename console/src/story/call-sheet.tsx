import { useEffect, useRef, type ReactElement } from 'react';
import type { Exchange, ExchangePayload } from '../../../contracts/exchange.js';
import { Basis, Bodies } from '../case/calls.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import type { Beat } from '../model/story.js';
import type { Said as SaidText } from '../model/texts.js';
import { BlockChip } from '../ui/block-chip.js';
import { Moment } from '../ui/moment.js';
import { Said } from '../ui/said.js';
import { Told } from '../ui/told.js';

interface CallSheetProps {
  readonly beat: Beat;
  readonly sentence: SaidText;
  readonly texts: UseCaseTexts;
  readonly bodies: ((exchange: Exchange) => Promise<ExchangePayload | undefined>) | undefined;
  readonly onClose: () => void;
}

/** What was asked, by whom, under which consent or law, what came back, and how long it took. */
export function CallSheet({ beat, sentence, texts, bodies, onClose }: CallSheetProps): ReactElement {
  const { t } = useI18n();
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), [beat.id]);
  return (
    <aside
      className="tale-sheet"
      aria-label={t('story.sheet')}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      <div className="title-row">
        <h2>{t(beat.kind === 'call' ? 'story.call' : 'story.moment')}</h2>
        <button ref={close} type="button" className="button button-quiet" onClick={onClose}>
          {t('story.close')}
        </button>
      </div>
      <p className="sentence">
        <Said said={sentence} />
      </p>
      {beat.kind === 'call' ? <CallFacts exchange={beat.exchange} texts={texts} /> : null}
      {beat.kind === 'trouble' ? (
        <p className="entry-error" dir="auto">
          <Told text={beat.error?.detail ?? beat.error?.title ?? ''} />
        </p>
      ) : null}
      <p className="quiet">
        <Moment at={beat.time} withTime />
      </p>
      {beat.kind === 'call' && bodies !== undefined ? (
        <Bodies key={beat.id} exchange={beat.exchange} bodies={bodies} />
      ) : null}
    </aside>
  );
}

function CallFacts({
  exchange,
  texts,
}: {
  readonly exchange: Exchange;
  readonly texts: UseCaseTexts;
}): ReactElement {
  const { t, span, list } = useI18n();
  const manifest = texts.useCase?.manifest;
  const service = Object.values(manifest?.services ?? {}).find(
    ({ provider, code }) => `${provider}/${code}` === exchange.service,
  );
  const { outcome, status } = exchange;
  return (
    <dl className="data tale-facts">
      <div>
        <dt>{t('story.askedBy')}</dt>
        <dd>
          {exchange.client === manifest?.client ? (
            <Said said={texts.title} />
          ) : (
            <code>{exchange.client}</code>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('story.askedOf')}</dt>
        <dd>
          <BlockChip block={exchange.block} />
          {service === undefined ? null : (
            <>
              {' · '}
              <Said said={texts.service(service.title)} />
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('story.what')}</dt>
        <dd>
          {exchange.fields === undefined ? null : (
            <>
              {t('call.fields', {
                list: exchange.fields.includes('*')
                  ? t('accesses.everything')
                  : list(exchange.fields.map((field) => texts.value(field)?.text ?? field)),
              })}
              <br />
            </>
          )}
          <code>{exchange.operationId ?? `${exchange.method} ${exchange.path}`}</code>
        </dd>
      </div>
      <div>
        <dt>{t('call.basis')}</dt>
        <dd>
          {exchange.basis === undefined ? t('story.noBasis') : <Basis basis={exchange.basis} texts={texts} />}
        </dd>
      </div>
      <div>
        <dt>{t('story.cameBack')}</dt>
        <dd className={outcome === 'answered' && status < 400 ? 'tale-good' : 'tale-wrong'}>
          {t(`call.${outcome}`)}
          {status === 0 ? null : ` · ${status}`}
          {exchange.refusal === undefined ? null : (
            <>
              {' – '}
              <Told text={exchange.refusal} />
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('call.time')}</dt>
        <dd>{span(exchange.milliseconds)}</dd>
      </div>
      <div>
        <dt>{t('call.deliveredTo')}</dt>
        <dd>{exchange.deliveredTo === 'mock' ? t('call.mock') : <code>{exchange.deliveredTo}</code>}</dd>
      </div>
      <div>
        <dt>{t('call.hashes')}</dt>
        <dd>
          <code>{exchange.requestHash.slice(0, 12)}</code> · <code>{exchange.responseHash.slice(0, 12)}</code>
        </dd>
      </div>
    </dl>
  );
}
