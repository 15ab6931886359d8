import type { ReactElement } from 'react';
import { Basis } from '../case/calls.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import type { Beat } from '../model/story.js';
import { BlockChip } from '../ui/block-chip.js';

const LATEST = 8;

/** The latest calls as developers see them: only when somebody asks. */
export function TechnicalPanel({
  beats,
  texts,
  label,
}: {
  readonly beats: readonly Beat[];
  readonly texts: UseCaseTexts;
  readonly label: string;
}): ReactElement {
  const { t, span } = useI18n();
  const calls = beats.flatMap((beat) => (beat.kind === 'call' ? [beat.exchange] : [])).slice(-LATEST);
  return (
    <section className="technical" aria-label={label} tabIndex={0}>
      <h2>{label}</h2>
      {calls.length === 0 ? <p className="quiet">{t('story.notBegun')}</p> : null}
      <ul>
        {calls.map((exchange) => (
          <li key={exchange.id}>
            <BlockChip block={exchange.block} />
            <code>
              {exchange.method} {exchange.path}
            </code>
            <span>
              {exchange.status} · {span(exchange.milliseconds)}
            </span>
            <span className="quiet">
              {exchange.basis === undefined ? null : <Basis basis={exchange.basis} texts={texts} />}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
