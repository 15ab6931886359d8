import { useEffect, useMemo, useRef, type ReactElement } from 'react';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { useI18n } from '../i18n/i18n.js';
import { fieldsOf } from '../model/form-fields.js';
import { plainFormTexts, type FormTexts } from '../model/form-texts.js';
import { Said } from '../ui/said.js';
import type { Said as SaidText } from '../model/texts.js';
import { ProblemNote } from '../ui/problem-note.js';
import { ErrorSummary } from './error-summary.js';
import { Fields } from './fields.js';
import { FormWords } from './form-words.js';
import { KeptNote } from './kept-note.js';
import { useDraft } from './use-draft.js';
import { useSending } from './use-sending.js';

export interface SchemaFormProps {
  /** Names the form's controls on the page. */
  readonly id: string;
  readonly schema: JsonObject;
  readonly title: SaidText;
  readonly words?: FormTexts;
  /** Where the draft is kept until it is sent; it must say whose it is. Not kept when absent. */
  readonly draftName?: string;
  /** What the form starts from. */
  readonly data: Json;
  readonly submitLabel: string;
  /** Sends the data; the server's refusal (ApiProblem) is shown at the fields that it names. */
  readonly onSubmit: (data: JsonObject) => Promise<void>;
  readonly onCancel?: (() => void) | undefined;
}

/** A use case's form. The server is the only judge of the data, so that nothing is told twice in two ways. */
export function SchemaForm(props: SchemaFormProps): ReactElement {
  const { id, schema, title, data, submitLabel, onSubmit, onCancel, draftName } = props;
  const { words = plainFormTexts } = props;
  const { t } = useI18n();
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const inHand = useDraft(draftName, fields, data);
  const { draft, change } = inHand;
  const { sending, problem, refused: complaints, send } = useSending(fields, inHand, onSubmit);
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem !== undefined) summary.current?.focus();
  }, [problem]);

  const description = words.description(
    typeof schema['description'] === 'string' ? schema['description'] : undefined,
  );

  return (
    <FormWords value={words}>
      <form
        className="form"
        noValidate
        aria-labelledby={`${id}-title`}
        onSubmit={(event) => {
          event.preventDefault();
          if (!sending) void send();
        }}
      >
        <h2 id={`${id}-title`} className="form-title">
          <Said said={title} />
        </h2>
        {description === undefined ? null : (
          <p className="lead">
            <Said said={description} />
          </p>
        )}
        <KeptNote inHand={inHand} />
        <div ref={summary} tabIndex={-1} className="form-summary">
          {complaints.length > 0 ? <ErrorSummary id={id} complaints={complaints} /> : null}
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
    </FormWords>
  );
}
