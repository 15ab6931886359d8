import { useEffect, useLayoutEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.js';

let landedOn: string | undefined;
let moved = false;

/** A page's heading and content: names the document and, once one has gone on from where one landed, takes the focus. */
export function Page({
  title,
  children,
  wide = false,
  stage = false,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly wide?: boolean;
  /** As high as what is left of the window. */
  readonly stage?: boolean;
}): ReactElement {
  const { t } = useI18n();
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  useEffect(() => {
    // A page that is shown again when its data has come is the same place: Tab begins at its beginning.
    landedOn ??= window.location.pathname;
    moved ||= window.location.pathname !== landedOn;
    // Where one landed, somebody may have read on already while the code was on its way.
    if (!moved) return;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  useLayoutEffect(() => {
    if (!stage) return undefined;
    const measure = (): void =>
      main.current?.style.setProperty(
        '--above',
        `${main.current.getBoundingClientRect().top + window.scrollY}px`,
      );
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [stage]);
  return (
    <main
      id="content"
      ref={main}
      tabIndex={-1}
      className={`page${wide ? ' page-wide' : ''}${stage ? ' page-stage' : ''}`}
    >
      {children}
    </main>
  );
}
