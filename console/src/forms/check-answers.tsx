import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { Draft } from '../model/form-draft.js';
import type { Field } from '../model/form-fields.js';
import type { Question } from '../model/questions.js';
import { Said } from '../ui/said.js';
import { useFormWords } from './form-words.js';

interface CheckAnswersProps {
  readonly questions: readonly Question[];
  readonly draft: Draft;
  readonly change: (index: number) => void;
}

/** Everything that will be sent, to be read once more; each answer can be changed. */
export function CheckAnswers({ questions, draft, change }: CheckAnswersProps): ReactElement {
  const { t } = useI18n();
  const words = useFormWords();
  return (
    <section aria-labelledby="check-answers" className="check">
      <h2 id="check-answers">{t('ask.check')}</h2>
      <p className="quiet">{t('ask.checkHint')}</p>
      <dl className="check-list">
        {questions.map(({ field }, index) => (
          <div key={field.pointer} className="check-row">
            <dt>
              <Said said={words.title(field)} />
            </dt>
            <dd>
              <Answer field={field} draft={draft} />
            </dd>
            <dd className="check-change">
              <button type="button" className="link-button" onClick={() => change(index)}>
                {t('ask.change')}
                <span className="visually-hidden">: {words.title(field).text}</span>
              </button>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Answer({ field, draft }: { readonly field: Field; readonly draft: Draft }): ReactElement {
  const { t, list, date } = useI18n();
  const words = useFormWords();
  const value = draft[field.pointer];
  const none = <span className="quiet">{t('ask.none')}</span>;
  switch (field.type) {
    case 'flag':
      return <>{value === true ? t('form.yes') : t('form.no')}</>;
    case 'choice': {
      if (field.options.length === 0 && typeof value === 'string' && value !== '')
        return <>{value === 'true' ? t('form.yes') : t('form.no')}</>;
      const option = field.options.find((one) => one.value === value);
      return option === undefined ? none : <Said said={words.option(field, option)} />;
    }
    case 'several': {
      const chosen = field.options.filter(
        (one) => Array.isArray(value) && value.includes(one.value as never),
      );
      return chosen.length === 0 ? (
        <>{t('ask.nothing')}</>
      ) : (
        <>{list(chosen.map((one) => words.option(field, one).text))}</>
      );
    }
    case 'text':
      if (typeof value !== 'string' || value === '') return none;
      return field.input === 'date' && !Number.isNaN(Date.parse(value)) ? (
        <>{date(`${value}T12:00:00Z`)}</>
      ) : (
        <bdi>{value}</bdi>
      );
    default:
      return typeof value === 'string' && value !== '' ? <bdi>{value}</bdi> : none;
  }
}
