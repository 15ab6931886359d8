import { useId, useState, type ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { cutAtTerms } from '../model/terms.js';

const terms = ['block', 'mediator', 'consent', 'case', 'workspace', 'persona'] as const;
type Term = (typeof terms)[number];

/** A text in which the words of the glossary are underlined, and say what they mean when asked. */
export function WithTerms({ text }: { readonly text: string }): ReactElement {
  const { t } = useI18n();
  const [shown, setShown] = useState<Term | undefined>(undefined);
  const note = useId();
  const words = Object.fromEntries(terms.map((term) => [term, t(`term.${term}`).split('|')]));
  return (
    <>
      {cutAtTerms(text, words).map((part, index) => {
        const term = terms.find((one) => one === part.term);
        return term === undefined ? (
          part.text
        ) : (
          <button
            key={index}
            type="button"
            className="term"
            aria-expanded={shown === term}
            aria-controls={note}
            onClick={() => setShown(shown === term ? undefined : term)}
            onKeyDown={({ key }) => {
              if (key === 'Escape') setShown(undefined);
            }}
          >
            {part.text}
          </button>
        );
      })}
      <span id={note} className="term-note" role="status">
        {shown === undefined ? null : t(`term.${shown}.means`)}
      </span>
    </>
  );
}
