import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { lanesOf, type Lane } from '../model/lanes.js';
import { wayOf, type Beat } from '../model/story.js';
import type { Said as SaidText } from '../model/texts.js';
import { Said } from '../ui/said.js';
import { BeatArrow } from './beat-arrow.js';
import { useLaneName } from './lane-name.js';
import { useNarrow } from './use-narrow.js';
import { useWindow } from './use-window.js';

const WIDE_ROW = 64;
const NARROW_ROW = 88;
const HALF_A_DAY_MS = 12 * 3_600_000;

export interface BoardProps {
  readonly beats: readonly Beat[];
  /** Numbers of the beats to show, in order: those that are told and found. */
  readonly shown: readonly number[];
  readonly cursor: number;
  readonly selected: string | undefined;
  readonly sentenceOf: (beat: Beat) => SaidText;
  readonly onSelect: (beat: Beat) => void;
}

/** The swim lanes: people, the service, the mediator and the blocks in play, and a row for each beat. An ordered list. */
export function LaneBoard(props: BoardProps): ReactElement {
  const { beats, shown, cursor } = props;
  const { t } = useI18n();
  const narrow = useNarrow();
  const nameOf = useLaneName();
  const height = narrow ? NARROW_ROW : WIDE_ROW;
  const lanes = lanesOf(beats, cursor, narrow ? 5 : 7);
  const { frame, from, to, scrollTo } = useWindow(shown.length, height);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => scrollTo(shown.length - 1), [shown.length, scrollTo]);
  const last = shown.at(-1);
  const move = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const row = (event.target as HTMLElement).closest('li')?.dataset['row'];
    if (by === 0 || row === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(shown.length - 1, Number(row) + by));
    scrollTo(next);
    // The row may come onto the page only with the scroll.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        list.current?.querySelector<HTMLButtonElement>(`[data-row="${next}"] button`)?.focus(),
      ),
    );
  };
  const spoken = (beat: Beat): string => {
    const names = [...new Set(wayOf(beat))].map((actor) => nameOf(actor as Lane));
    return names.length > 1 ? t('story.way', { way: names.join(' → ') }) : '';
  };
  return (
    <section className="tale-board" aria-label={t('story.diagram')}>
      <div className="tale-frame" ref={frame} onKeyDown={move}>
        <div className="tale-lanes" aria-hidden="true">
          {lanes.map((lane) => (
            <span key={lane} className={`tale-lane tale-lane-${lane} block-${lane}`}>
              <LaneIcon lane={lane} />
              <span className="tale-lane-name">{nameOf(lane)}</span>
            </span>
          ))}
        </div>
        <div className="tale-canvas" data-canvas>
          <div
            className="tale-grid"
            style={{ blockSize: Math.max(shown.length * height, 1) }}
            aria-hidden="true"
          >
            {lanes.map((lane, index) => (
              <span
                key={lane}
                className={`tale-rail tale-rail-${lane}`}
                style={{ insetInlineStart: `${((index + 0.5) / lanes.length) * 100}%` }}
              />
            ))}
          </div>
          <ol ref={list} className="tale-rows" style={{ blockSize: shown.length * height }}>
            {shown.slice(from, to).map((number, offset) => {
              const beat = beats[number];
              if (beat === undefined) return null;
              const row = from + offset;
              return (
                <li
                  key={beat.id}
                  data-row={row}
                  className={`tale-row${number === last ? ' tale-now' : ''}${beat.id === props.selected ? ' tale-chosen' : ''}`}
                  style={{ insetBlockStart: row * height, blockSize: height }}
                  aria-setsize={shown.length}
                  aria-posinset={row + 1}
                >
                  <button
                    type="button"
                    className="tale-beat"
                    tabIndex={number === last || beat.id === props.selected ? 0 : -1}
                    aria-current={number === last ? 'step' : undefined}
                    onClick={() => props.onSelect(beat)}
                  >
                    <span className="tale-text">
                      <Later beat={beat} before={beats[number - 1]} />
                      <span className="tale-words">
                        <Said said={props.sentenceOf(beat)} />
                      </span>
                      <span className="visually-hidden">{spoken(beat)}</span>
                    </span>
                    <BeatArrow beat={beat} lanes={lanes} />
                  </button>
                </li>
              );
            })}
          </ol>
        </div>
        {shown.length === 0 ? <p className="tale-empty quiet">{t('story.nothingFound')}</p> : null}
      </div>
    </section>
  );
}

/** On the calendar, cases take weeks: the leap is said, because nothing on the screen shows it. */
function Later({
  beat,
  before,
}: {
  readonly beat: Beat;
  readonly before: Beat | undefined;
}): ReactElement | null {
  const { t, span } = useI18n();
  const gap = before === undefined ? 0 : Date.parse(beat.time) - Date.parse(before.time);
  if (gap < HALF_A_DAY_MS) return null;
  return <span className="tale-later">{t('story.later', { span: span(gap) })}</span>;
}

function LaneIcon({ lane }: { readonly lane: Lane }): ReactElement {
  return (
    <svg className="tale-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={iconOf(lane)} />
    </svg>
  );
}

function iconOf(lane: Lane): string {
  switch (lane) {
    case 'citizen':
      return 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0 2c-4 0-7 2-7 5v1h14v-1c0-3-3-5-7-5Z';
    case 'officers':
      return 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm7 0a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM9 13c-4 0-7 2-7 5v2h14v-2c0-3-3-5-7-5Zm8 0-1 .1c1.800 1.200 3 2.900 3 4.900v2h3v-2c0-3-2-5-5-5Z';
    case 'service':
      return 'M12 3 3 8v2h18V8l-9-5ZM5 11v7H3v2h18v-2h-2v-7h-2v7h-3v-7h-4v7H7v-7H5Z';
    case 'mediator':
      return 'M12 2 4 5v6c0 5 3.400 9.500 8 11 4.600-1.500 8-6 8-11V5l-8-3Zm-1 14-4-4 1.500-1.500L11 13l5-5L17.500 9.500 11 16Z';
    default:
      return 'M4 4h7v7H4V4Zm9 0h7v7h-7V4ZM4 13h7v7H4v-7Zm9 0h7v7h-7v-7Z';
  }
}
