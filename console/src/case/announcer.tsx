import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import type { TimelineEntry } from '../model/timeline.js';

/** Screen readers cannot keep up with a burst: they hear how many steps are new, and the latest sentence. */
const EVERY_MS = 2_000;

/** Politely says what is new in the timeline since the page has stood still. */
export function Announcer({
  entries,
  texts,
}: {
  readonly entries: readonly TimelineEntry[];
  readonly texts: UseCaseTexts;
}): ReactElement {
  const { t } = useI18n();
  const [said, setSaid] = useState('');
  const heard = useRef<number | undefined>(undefined);
  useEffect(() => {
    const timer = setTimeout(() => {
      const before = heard.current;
      heard.current = entries.length;
      const latest = entries.findLast(({ type }) => type === 'task');
      // What was there when the page opened is read like any text.
      if (before === undefined || before === 0 || entries.length <= before || latest?.type !== 'task') return;
      setSaid(
        t('case.announce', {
          n: entries.length - before,
          text: texts.narration(latest.narration, latest.name).text,
        }),
      );
    }, EVERY_MS);
    return () => clearTimeout(timer);
  }, [entries, texts, t]);
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {said}
    </p>
  );
}
