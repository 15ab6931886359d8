import type { ReactElement } from 'react';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import { cardIn, kindOfFact, listedFacts, type ProgrammeCard } from '../model/facts.js';
import { plainText } from '../model/json.js';
import { wordsOf } from '../model/words.js';
import { QrCode } from '../ui/qr-code.js';
import { Said } from '../ui/said.js';
import { DataWords } from './data-words.js';
import { JsonView } from './json-view.js';

/** Figures and receipts of a case, and its programme card. */
export function Facts({
  facts,
  texts,
}: {
  readonly facts: JsonObject;
  readonly texts: UseCaseTexts;
}): ReactElement | null {
  const { t } = useI18n();
  const card = cardIn(facts);
  const listed = listedFacts(facts);
  if (card === undefined && listed.length === 0) return null;
  return (
    <>
      {card === undefined ? null : <Card card={card} />}
      {listed.length === 0 ? null : (
        <section aria-labelledby="facts" className="card">
          <h2 id="facts">{t('case.facts')}</h2>
          <dl className="data">
            {listed.map(([name, value]) => (
              <div
                key={name}
                className={kindOfFact(name, value, facts) === 'nested' ? 'data-nested' : undefined}
              >
                <dt>
                  <Said said={texts.fact(name)} />
                </dt>
                <dd>
                  <Fact name={name} value={value} facts={facts} texts={texts} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}

function Fact({
  name,
  value,
  facts,
  texts,
}: {
  readonly name: string;
  readonly value: Json;
  readonly facts: JsonObject;
  readonly texts: UseCaseTexts;
}): ReactElement {
  const { money } = useI18n();
  switch (kindOfFact(name, value, facts)) {
    case 'money':
      return <strong>{money(Number(value), plainText(facts['currency']))}</strong>;
    case 'text':
      return <FactText text={plainText(value)} texts={texts} />;
    default:
      return (
        <DataWords value={texts}>
          <JsonView value={value} />
        </DataWords>
      );
  }
}

/** Codes such as "pay-point" read as words; identifiers and dates stay as they are. */
export function FactText({
  text,
  texts,
}: {
  readonly text: string;
  readonly texts: UseCaseTexts;
}): ReactElement {
  return (
    <span dir="auto">
      {/^[a-z][a-z-]*$/.test(text) ? (
        <Said said={texts.value(text) ?? { text: wordsOf(text), lang: 'en' }} />
      ) : (
        text
      )}
    </span>
  );
}

export function Card({ card }: { readonly card: ProgrammeCard }): ReactElement {
  const { t } = useI18n();
  return (
    <section aria-labelledby="card" className="card programme-card">
      <h2 id="card">{t('case.card')}</h2>
      <QrCode text={card.qr} label={`${t('case.card')} ${card.number ?? ''}`} />
      {card.number === undefined ? null : (
        <p className="card-number" dir="ltr">
          {card.number}
        </p>
      )}
      <p className="card-training">{t('case.cardTraining')}</p>
    </section>
  );
}
