import { useState, type ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { Beat } from '../model/story.js';
import { Moment } from '../ui/moment.js';
import { Said } from '../ui/said.js';
import type { BoardProps } from './lane-board.js';

const PAGE = 100;

/** The same story as plain text, newest page last: to read, to hear, to copy. */
export function BeatList({ beats, shown, sentenceOf, onSelect }: BoardProps): ReactElement {
  const { t } = useI18n();
  const [length, setLength] = useState(PAGE);
  const first = Math.max(0, shown.length - length);
  const visible: readonly Beat[] = shown.slice(first).flatMap((number) => beats[number] ?? []);
  return (
    <section className="tale-list" aria-label={t('story.list')} tabIndex={0}>
      {first === 0 ? null : (
        <button type="button" className="button" onClick={() => setLength((before) => before + PAGE)}>
          {t('case.earlier', { n: Math.min(first, PAGE) })}
        </button>
      )}
      <ol start={first + 1}>
        {visible.map((beat) => (
          <li key={beat.id}>
            <Said said={sentenceOf(beat)} />{' '}
            <span className="quiet">
              <Moment at={beat.time} withTime />
            </span>
            {beat.kind === 'call' ? (
              <>
                {' '}
                <button type="button" className="tale-more" onClick={() => onSelect(beat)}>
                  {t('story.callDetails', { block: t(`block.${beat.exchange.block}`) })}
                </button>
              </>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
