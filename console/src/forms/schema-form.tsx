import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { ApiProblem } from '../api/problem.js';
import { useI18n } from '../i18n/i18n.js';
import { complaintsOf, type FieldComplaint } from '../model/form-errors.js';
import { dataOf, draftOf, type Draft, type DraftValue } from '../model/form-draft.js';
import { fieldsOf } from '../model/form-fields.js';
import { Said } from '../ui/said.js';
import type { Said as SaidText } from '../model/texts.js';
import { ProblemNote } from '../ui/problem-note.js';
import { complaintText } from './complaint-text.js';
import { Fields } from './fields.js';
import { idOf } from './field-id.js';

export interface SchemaFormProps {
  /** Names the form's controls on the page. */
  readonly id: string;
  readonly schema: JsonObject;
  readonly title: SaidText;
  /** What the form starts from. */
  readonly data: Json;
  readonly submitLabel: string;
  /** Sends the data; the server's refusal (ApiProblem) is shown at the fields that it names. */
  readonly onSubmit: (data: JsonObject) => Promise<void>;
  readonly onCancel?: (() => void) | undefined;
}

/** A use case's form. The server is the only judge of the data, so that nothing is told twice in two ways. */
export function SchemaForm(props: SchemaFormProps): ReactElement {
  const { id, schema, title, data, submitLabel, onSubmit, onCancel } = props;
  const { t } = useI18n();
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const [draft, setDraft] = useState<Draft>(() => draftOf(fields, data));
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<unknown>(undefined);
  const complaints = useMemo(
    () => (problem instanceof ApiProblem ? complaintsOf(fields, problem.errors) : []),
    [fields, problem],
  );
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem !== undefined) summary.current?.focus();
  }, [problem]);

  const submit = async (): Promise<void> => {
    setSending(true);
    setProblem(undefined);
    try {
      await onSubmit(dataOf(fields, draft));
    } catch (error) {
      setProblem(error);
    } finally {
      setSending(false);
    }
  };
  const change = (pointer: string, value: DraftValue | undefined): void =>
    setDraft((before) => ({ ...before, [pointer]: value }));
  const description = schema['description'];

  return (
    <form
      className="form"
      noValidate
      aria-labelledby={`${id}-title`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!sending) void submit();
      }}
    >
      <h2 id={`${id}-title`} className="form-title">
        <Said said={title} />
      </h2>
      {typeof description === 'string' ? (
        <p className="lead">
          <Said said={{ text: description, lang: 'en' }} />
        </p>
      ) : null}
      <div ref={summary} tabIndex={-1} className="form-summary">
        {complaints.length > 0 ? <Summary id={id} complaints={complaints} /> : null}
        {problem !== undefined && complaints.length === 0 ? <ProblemNote error={problem} /> : null}
      </div>
      <Fields id={id} fields={fields} draft={draft} complaints={complaints} change={change} />
      <div className="buttons">
        <button type="submit" className="button button-main" disabled={sending}>
          {sending ? t('form.sending') : submitLabel}
        </button>
        {onCancel === undefined ? null : (
          <button type="button" className="button" onClick={onCancel}>
            {t('new.cancel')}
          </button>
        )}
      </div>
    </form>
  );
}

function Summary({
  id,
  complaints,
}: {
  readonly id: string;
  readonly complaints: readonly FieldComplaint[];
}): ReactElement {
  const { t } = useI18n();
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
                  const found = document.getElementById(idOf(id, pointer));
                  (found?.matches('fieldset') === true
                    ? found.querySelector<HTMLElement>('input')
                    : found
                  )?.focus();
                }}
              >
                <Said said={{ text: field.title, lang: 'en' }} />: {complaintText(complaint, t)}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
