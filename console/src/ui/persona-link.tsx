import { useContext, useState, type MouseEvent, type ReactElement, type ReactNode } from 'react';
import { BecomeContext } from '../api/become.js';
import { useMe } from '../api/queries.js';
import type { Persona } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import { inWorkspace } from '../model/place.js';
import { homeOf, signInLink } from '../model/sign-in-link.js';

/** One click, and one is that persona: at the place where they begin, or at the one that was asked for. */
export function PersonaLink({
  persona,
  returnTo,
  className,
  children,
}: {
  readonly persona: Persona;
  readonly returnTo?: string | undefined;
  readonly className: string;
  readonly children: ReactNode;
}): ReactElement {
  const { language } = useI18n();
  const become = useContext(BecomeContext);
  const oneClick = useMe().data?.oneClick === true;
  const [busy, setBusy] = useState(false);
  const { username } = persona;
  const target = inWorkspace(returnTo ?? homeOf(persona));
  const link = signInLink(username, language, target);
  const onClick = (event: MouseEvent): void => {
    if (become === undefined || !oneClick || !isPlain(event)) return;
    event.preventDefault();
    setBusy(true);
    void become({ username, link, target }).finally(() => setBusy(false));
  };
  return (
    <a className={className} href={link} aria-busy={busy} onClick={onClick}>
      {children}
    </a>
  );
}

/** Not one that opens another tab or window. */
function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}
