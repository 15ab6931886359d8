import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { Scene } from '../model/scene.js';
import type { Said as SaidText } from '../model/texts.js';
import { Moment } from '../ui/moment.js';
import { Said } from '../ui/said.js';
import type { ShownMessage } from './bodies.js';

/** What the citizen sees: where the case stands, the messages, and the question that waits for an answer. */
export function Phone({
  scene,
  state,
  messages,
  children,
}: {
  readonly scene: Scene;
  readonly state: SaidText | undefined;
  readonly messages: readonly ShownMessage[];
  /** What the citizen is asked. */
  readonly children: ReactNode;
}): ReactElement {
  const { t } = useI18n();
  const screen = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (screen.current !== null) screen.current.scrollTop = screen.current.scrollHeight;
  }, [messages.length, scene.asked.length]);
  return (
    <section className="tale-phone" aria-label={t('story.phone')}>
      <p className="tale-phone-bar">
        <span>{t('story.phone')}</span>
        {scene.beat === undefined ? null : <Moment at={scene.beat.time} />}
      </p>
      <div
        className="tale-phone-screen"
        ref={screen}
        tabIndex={0}
        role="group"
        aria-label={t('story.phoneScreen')}
      >
        {state === undefined ? null : (
          <p className="tale-phone-state">
            <span className="quiet">{t('story.myCase')}</span>
            <strong>
              <Said said={state} />
            </strong>
          </p>
        )}
        {messages.length === 0 && scene.asked.length === 0 ? (
          <p className="quiet tale-phone-empty">{t('story.phoneEmpty')}</p>
        ) : null}
        {messages.map(({ id, time, message }) => (
          <div key={id} className="tale-bubble">
            <p className="tale-bubble-from">
              <bdi>{message?.sender ?? t('block.messaging')}</bdi>
              <Moment at={time} />
            </p>
            {message === undefined ? (
              <p className="quiet">{t('story.messageHidden')}</p>
            ) : (
              <p dir="auto">
                {message.title === undefined ? null : <strong>{message.title} </strong>}
                {message.text}
              </p>
            )}
          </div>
        ))}
        {children}
      </div>
    </section>
  );
}
