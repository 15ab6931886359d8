import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { useI18n } from '../i18n/i18n.js';
import { complaintAbout } from '../model/form-check.js';
import type { FieldComplaint } from '../model/form-errors.js';
import { fieldsOf } from '../model/form-fields.js';
import { plainFormTexts } from '../model/form-texts.js';
import { questionsOf } from '../model/questions.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Said } from '../ui/said.js';
import { CheckAnswers } from './check-answers.js';
import { ErrorSummary } from './error-summary.js';
import { OneField } from './fields.js';
import { FormWords } from './form-words.js';
import { KeptNote } from './kept-note.js';
import type { SchemaFormProps } from './schema-form.js';
import { useDraft } from './use-draft.js';
import { useSending } from './use-sending.js';

const AT = 'question';
/** Set while an answer is changed from the list of all answers, to which one then returns. */
const AGAIN = 'again';

/**
 * A form that asks one thing at a time, for people on small phones: back and forth with the browser's own buttons, all
 * answers checked by the person before they are sent. A form with one question is sent from there.
 */
export function QuestionForm(props: SchemaFormProps): ReactElement {
  const { id, schema, title, data, submitLabel, onSubmit, draftName, words = plainFormTexts } = props;
  const { t } = useI18n();
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const questions = useMemo(() => questionsOf(fields), [fields]);
  const inHand = useDraft(draftName, fields, data);
  const { draft } = inHand;
  const [search, setSearch] = useSearchParams();
  const [local, setLocal] = useState<readonly FieldComplaint[]>([]);
  const { sending, problem, refused, send } = useSending(fields, inHand, onSubmit);
  // With one question, or none but something to agree to, there is nothing to look back at.
  const alone = questions.length <= 1;
  const at = Math.min(Math.max(Number(search.get(AT) ?? '1') - 1 || 0, 0), questions.length);
  const question = questions[at];
  const checking = question === undefined && !alone;
  const top = useRef<HTMLDivElement>(null);
  const shown = useRef(at);
  useEffect(() => {
    if (shown.current === at) return;
    shown.current = at;
    top.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [at]);
  useEffect(() => {
    if (local.length > 0 || problem !== undefined) top.current?.focus();
  }, [local, problem]);

  const go = (to: number, again = false): void => {
    setLocal([]);
    setSearch((before) => {
      const next = new URLSearchParams(before);
      next.set(AT, String(to + 1));
      if (again) next.set(AGAIN, '');
      else next.delete(AGAIN);
      return next;
    });
  };
  const onward = (): void => {
    if (question === undefined) return void send();
    const complaint = complaintAbout(question.field, draft);
    if (complaint !== undefined) {
      setLocal([{ field: question.field, pointer: question.field.pointer, complaint }]);
      return undefined;
    }
    if (alone) return void send();
    go(search.has(AGAIN) ? questions.length : at + 1);
  };
  const description = words.description(
    typeof schema['description'] === 'string' ? schema['description'] : undefined,
  );
  const here =
    local.length > 0 ? local : refused.filter(({ pointer }) => pointer === question?.field.pointer);
  const told = checking || alone ? refused : here;
  const group = question?.group;

  return (
    <FormWords value={words}>
      <form
        className={alone ? 'questions questions-alone' : 'questions'}
        noValidate
        aria-labelledby={`${id}-title`}
        onSubmit={(event) => {
          event.preventDefault();
          if (!sending) onward();
        }}
      >
        <div ref={top} tabIndex={-1} className="questions-top">
          <h1 id={`${id}-title`} className="questions-title">
            <Said said={title} />
          </h1>
          {checking || alone ? null : (
            <>
              <p className="questions-place">
                {t('ask.place', { n: at + 1, count: questions.length })}
                {group === undefined ? null : (
                  <>
                    {' · '}
                    <Said said={words.title(group)} />
                  </>
                )}
              </p>
              <progress className="questions-bar" max={questions.length} value={at + 1} aria-hidden="true" />
            </>
          )}
          {told.length > 0 ? <ErrorSummary id={id} complaints={told} {...showing(checking)} /> : null}
          {problem !== undefined && refused.length === 0 ? <ProblemNote error={problem} /> : null}
        </div>
        {at === 0 && description !== undefined ? (
          <p className="lead">
            <Said said={description} />
          </p>
        ) : null}
        {at === 0 ? <KeptNote inHand={inHand} /> : null}
        {checking ? (
          <CheckAnswers questions={questions} draft={draft} change={(index) => go(index, true)} />
        ) : null}
        {question === undefined ? null : (
          <div className="question">
            <OneField
              key={question.field.pointer}
              id={id}
              fields={fields}
              field={question.field}
              draft={draft}
              complaints={here.length > 0 ? here : told}
              change={inHand.change}
            />
          </div>
        )}
        <div className="buttons questions-buttons">
          <button type="submit" className="button button-main button-large" disabled={sending}>
            {sending ? t('form.sending') : checking || alone ? submitLabel : t('ask.onward')}
          </button>
          {at > 0 ? (
            <button type="button" className="button button-quiet" onClick={() => go(at - 1)}>
              {t('ask.back')}
            </button>
          ) : null}
        </div>
      </form>
    </FormWords>
  );

  function showing(elsewhere: boolean): { readonly show?: (pointer: string) => void } {
    if (!elsewhere) return {};
    return { show: (pointer) => go(Math.max(0, indexOf(pointer)), true) };
  }

  function indexOf(pointer: string): number {
    return questions.findIndex(
      ({ field }) => pointer === field.pointer || pointer.startsWith(`${field.pointer}/`),
    );
  }
}
