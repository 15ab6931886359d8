import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { Said as SaidText } from '../model/texts.js';

/** A text that may be in another language than the page: it says so, and keeps its own direction. */
export function Said({ said }: { readonly said: SaidText }): ReactElement {
  const { language } = useI18n();
  return said.lang === language ? (
    <>{said.text}</>
  ) : (
    <span lang={said.lang} dir="auto">
      {said.text}
    </span>
  );
}
