import { useMemo, useState, type ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import { savingsOf } from '../model/savings.js';
import type { StoryLog } from '../model/story.js';
import { BlockChip } from '../ui/block-chip.js';
import { Moment } from '../ui/moment.js';
import { Said } from '../ui/said.js';
import '../styles/savings.css';

/** What the citizen did not have to do, each number with the exchanges that it was counted from. */
export function SavingsView({
  log,
  texts,
}: {
  readonly log: StoryLog;
  readonly texts: UseCaseTexts;
}): ReactElement | null {
  const { t, number } = useI18n();
  const { manifest, presentation } = log.useCase;
  const [open, setOpen] = useState<string | undefined>(undefined);
  // Of the person's own case: a payment cycle pays others too.
  const savings = useMemo(
    () =>
      savingsOf(
        presentation?.savings ?? [],
        manifest.services,
        log.exchanges.filter(({ origin }) => origin?.caseId === log.caseId),
      ),
    [log, manifest, presentation],
  );
  if (savings.length === 0) return null;
  const opened = savings.find(({ rule }) => rule.id === open);
  const titles = new Map(
    Object.values(manifest.services).map(({ provider, code, title }) => [
      `${provider}/${code}`,
      texts.service(title),
    ]),
  );
  return (
    <div className="savings">
      <ul className="savings-list">
        {savings.map(({ rule, count }) => (
          <li key={rule.id}>
            <button
              type="button"
              className="saving"
              aria-expanded={open === rule.id}
              onClick={() => setOpen((before) => (before === rule.id ? undefined : rule.id))}
            >
              <span className="saving-count">{number(count)}</span>
              <span className="saving-text">
                <Said said={texts.other(['savings', rule.id], t(`savings.${rule.kind}`))} />
              </span>
              <span className="saving-more">{t('savings.why')}</span>
            </button>
          </li>
        ))}
      </ul>
      {opened === undefined ? null : (
        <section className="card savings-sources" aria-label={t('savings.sources')}>
          <p>
            <strong>{t('savings.sources')}</strong>
          </p>
          <ul>
            {opened.sources.map((exchange) => (
              <li key={exchange.id}>
                <BlockChip block={exchange.block} />
                <Said said={titles.get(exchange.service) ?? { text: exchange.service, lang: 'en' }} />
                <code>{exchange.operationId}</code>
                <span className="quiet">
                  <Moment at={exchange.time} withTime />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
