import type { ReactElement } from 'react';
import { laneIndex, type Lane } from '../model/lanes.js';
import { isBad, isMessage, wayOf, type Beat } from '../model/story.js';

/** A beat over the lanes: where it begins, what it passes, where it ends. Decoration: the row says the same in words. */
export function BeatArrow({
  beat,
  lanes,
}: {
  readonly beat: Beat;
  readonly lanes: readonly Lane[];
}): ReactElement {
  const way = wayOf(beat).map((actor) => laneIndex(lanes, actor));
  const [from = 0] = way;
  const to = way.at(-1) ?? from;
  const centre = (lane: number): string => `${((lane + 0.5) / lanes.length) * 100}%`;
  const look = isBad(beat) ? 'bad' : beat.kind;
  const block = beat.kind === 'call' ? ` block-${beat.exchange.block}` : '';
  const width = (one: number, other: number): string => `${(Math.abs(other - one) / lanes.length) * 100}%`;
  const citizen = lanes.indexOf('citizen');
  return (
    <span className={`tale-way tale-${look}${block}`} aria-hidden="true">
      {from === to ? (
        <span className="tale-dot" style={{ insetInlineStart: centre(from) }} />
      ) : (
        <>
          <span
            className={`tale-line ${to > from ? 'tale-on' : 'tale-back'}`}
            style={{ insetInlineStart: centre(Math.min(from, to)), inlineSize: width(from, to) }}
          />
          <span className="tale-start" style={{ insetInlineStart: centre(from) }} />
          {way.slice(1, -1).map((lane) => (
            <span key={lane} className="tale-gate" style={{ insetInlineStart: centre(lane) }} />
          ))}
        </>
      )}
      {beat.kind === 'call' && beat.exchange.outcome === 'refused' ? (
        <span className="tale-stop" style={{ insetInlineStart: centre(to) }} />
      ) : null}
      {isMessage(beat) && citizen >= 0 ? (
        <span
          className="tale-line tale-back tale-delivery"
          style={{ insetInlineStart: centre(citizen), inlineSize: width(citizen, to) }}
        />
      ) : null}
    </span>
  );
}
