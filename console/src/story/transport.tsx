import { useLayoutEffect, useRef, type ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { speeds, type Player } from './use-player.js';

/** Play, pause, one step on or back, to any moment, at any speed; and along with what happens now. */
export function Transport({
  player,
  length,
  live,
}: {
  readonly player: Player;
  readonly length: number;
  readonly live: boolean;
}): ReactElement {
  const { t, number } = useI18n();
  const { act, cursor, playing, speed, following } = player;
  // Its end and its value change together, and a browser that hears of the value first cuts it short.
  const slider = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (slider.current !== null) slider.current.value = String(cursor);
  }, [cursor, length]);
  return (
    <div className="tale-transport" role="group" aria-label={t('story.controls')}>
      <div className="tale-buttons">
        <Control
          end
          label={t('story.first')}
          path="M6 5h2v14H6V5Zm3 7 9 7V5l-9 7Z"
          act={() => act({ kind: 'to', cursor: 1 })}
        />
        <Control
          label={t('story.back')}
          path="m7 12 10 8V4L7 12Z"
          act={() => act({ kind: 'by', beats: -1 })}
        />
        <Control
          main
          label={t(playing ? 'story.pause' : 'story.play')}
          path={playing ? 'M6 4h4v16H6V4Zm8 0h4v16h-4V4Z' : 'M7 4v16l13-8L7 4Z'}
          act={() => act({ kind: 'toggle' })}
        />
        <Control
          label={t('story.next')}
          path="m17 12-10 8V4l10 8Z"
          act={() => act({ kind: 'by', beats: 1 })}
        />
        <Control
          end
          label={t('story.last')}
          path="M16 5h2v14h-2V5Zm-1 7-9 7V5l9 7Z"
          act={() => act({ kind: 'to', cursor: length })}
        />
      </div>
      <input
        ref={slider}
        type="range"
        className="tale-slider"
        min={Math.min(1, length)}
        max={length}
        defaultValue={cursor}
        aria-label={t('story.position')}
        aria-valuetext={t('story.of', { n: number(cursor), all: number(length) })}
        onChange={({ target }) => act({ kind: 'to', cursor: Number(target.value) })}
      />
      <span className="tale-count">{t('story.of', { n: number(cursor), all: number(length) })}</span>
      <label className="tale-speed">
        <span className="visually-hidden">{t('story.speed')}</span>
        <select value={speed} onChange={({ target }) => act({ kind: 'speed', speed: Number(target.value) })}>
          {speeds.map((one) => (
            <option key={one} value={one}>
              {number(one)}×
            </option>
          ))}
        </select>
      </label>
      {live ? (
        <button
          type="button"
          className={following ? 'button button-main' : 'button'}
          aria-pressed={following}
          onClick={() => act({ kind: 'follow' })}
        >
          {t('story.follow')}
        </button>
      ) : null}
    </div>
  );
}

function Control({
  label,
  path,
  act,
  main = false,
  end = false,
}: {
  readonly label: string;
  readonly path: string;
  readonly act: () => void;
  readonly main?: boolean;
  /** Left away where it is narrow: the slider does the same. */
  readonly end?: boolean;
}): ReactElement {
  return (
    <button
      type="button"
      className={`button tale-control${main ? ' button-main' : ''}${end ? ' tale-end' : ''}`}
      aria-label={label}
      title={label}
      onClick={act}
    >
      <svg className="icon tale-flip" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}
