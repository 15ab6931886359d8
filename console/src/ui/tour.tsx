import { useState, type ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/message.js';
import { remembered } from '../model/remembered.js';

const steps: readonly { readonly title: MessageKey; readonly text: MessageKey }[] = [
  { title: 'tour.play', text: 'tour.playText' },
  { title: 'tour.switch', text: 'tour.switchText' },
  { title: 'tour.watch', text: 'tour.watchText' },
  { title: 'tour.break', text: 'tour.breakText' },
];
const SEEN = 'sandbox.tour';

/** True for whoever closed the tour in this browser before. */
export function tourSeen(): boolean {
  return remembered.read(SEEN) !== undefined;
}

/** What one can do here, in four steps, for whoever comes the first time. It stands in the page and covers nothing. */
export function Tour(): ReactElement {
  const { t } = useI18n();
  const [open, setOpen] = useState(() => !tourSeen());
  const [at, setAt] = useState(0);
  const step = steps[at] ?? steps[0];
  const close = (): void => {
    remembered.write(SEEN, 'seen');
    setOpen(false);
    setAt(0);
  };
  if (!open || step === undefined)
    return (
      <p>
        <button type="button" className="link-button" onClick={() => setOpen(true)}>
          {t('tour.again')}
        </button>
      </p>
    );
  return (
    <section
      className="card tour"
      aria-labelledby="tour-title"
      onKeyDown={({ key }) => {
        if (key === 'Escape') close();
      }}
    >
      <p className="small-title">{t('tour.place', { n: at + 1, count: steps.length })}</p>
      <div aria-live="polite" className="tour-step">
        <h2 id="tour-title">{t(step.title)}</h2>
        <p>{t(step.text)}</p>
      </div>
      <p className="buttons">
        {at < steps.length - 1 ? (
          <button type="button" className="button button-main" onClick={() => setAt(at + 1)}>
            {t('ask.onward')}
          </button>
        ) : null}
        {at > 0 ? (
          <button type="button" className="button" onClick={() => setAt(at - 1)}>
            {t('ask.back')}
          </button>
        ) : null}
        <button
          type="button"
          className={at < steps.length - 1 ? 'button button-quiet' : 'button button-main'}
          onClick={close}
        >
          {at < steps.length - 1 ? t('tour.skip') : t('tour.begin')}
        </button>
      </p>
    </section>
  );
}
