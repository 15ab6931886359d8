import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import type { TimelineEntry } from '../model/timeline.js';
import type { Wait } from '../model/waits.js';
import { Moment } from '../ui/moment.js';
import { Said } from '../ui/said.js';

interface WaitsProps {
  readonly waits: readonly Wait[];
  readonly entries: readonly TimelineEntry[];
  readonly texts: UseCaseTexts;
}

const SHOWN = 8;

/** Dates and answers that the case waits for. */
export function Waits({ waits, entries, texts }: WaitsProps): ReactElement | null {
  const { t } = useI18n();
  if (waits.length === 0) return null;
  const narrations = new Map(
    entries.flatMap((entry) =>
      entry.type === 'task'
        ? entry.keys.map((key) => [`${entry.run}\n${key}`, entry.narration] as const)
        : [],
    ),
  );
  return (
    <section aria-labelledby="waits" className="card">
      <h2 id="waits">{t('case.waits')}</h2>
      <ul className="waits">
        {waits.slice(0, SHOWN).map(({ run, key, name, due }) => (
          <li key={`${run}${key}`}>
            <Said said={texts.narration(narrations.get(`${run}\n${key.split('!')[0] ?? ''}`), name)} />
            {due === undefined ? null : (
              <strong>
                {' '}
                <Moment at={due} withTime />
              </strong>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
