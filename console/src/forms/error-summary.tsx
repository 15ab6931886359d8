import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { FieldComplaint } from '../model/form-errors.js';
import { Said } from '../ui/said.js';
import { complaintText } from './complaint-text.js';
import { idOf } from './field-id.js';
import { useFormWords } from './form-words.js';

interface ErrorSummaryProps {
  readonly id: string;
  readonly complaints: readonly FieldComplaint[];
  /** Shows the field first, where it is not on the page. */
  readonly show?: (pointer: string) => void;
}

/** What is wrong, in one place, each with a link to its field. */
export function ErrorSummary({ id, complaints, show }: ErrorSummaryProps): ReactElement {
  const { t } = useI18n();
  const words = useFormWords();
  return (
    <div className="note note-bad" role="alert">
      <p className="note-title">{t('form.summary', { n: complaints.length })}</p>
      <ul>
        {complaints.map(({ field, pointer, complaint }) => (
          <li key={pointer}>
            {field === undefined ? (
              t('form.whole', { message: complaintText(complaint, t) })
            ) : (
              <a
                href={`#${idOf(id, pointer)}`}
                onClick={(event) => {
                  event.preventDefault();
                  if (show === undefined) focusField(idOf(id, pointer));
                  else show(pointer);
                }}
              >
                <Said said={words.title(field)} />: {complaintText(complaint, t)}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function focusField(id: string): void {
  const found = document.getElementById(id);
  (found?.matches('fieldset') === true ? found.querySelector<HTMLElement>('input') : found)?.focus();
}
