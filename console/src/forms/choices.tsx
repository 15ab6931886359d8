import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { Field, Option } from '../model/form-fields.js';
import { Said } from '../ui/said.js';
import type { ControlProps } from './control.js';
import { useFormWords } from './form-words.js';

type Of<T extends Field['type']> = ControlProps<Extract<Field, { type: T }>>;

/** One of a few: all are seen at once. One of many: a list to open. No options: an answer of yes or no. */
export function ChoiceControl({ id, field, value, set, describedBy, invalid }: Of<'choice'>): ReactElement {
  const { t } = useI18n();
  const words = useFormWords();
  const yesNo = field.options.length === 0;
  const options: readonly Option[] = yesNo
    ? [
        { value: 'true', label: t('form.yes') },
        { value: 'false', label: t('form.no') },
      ]
    : field.options;
  if (options.length > 4) {
    return (
      <select
        id={id}
        value={typeof value === 'string' ? value : ''}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        aria-required={field.required}
        onChange={({ target }) => set(target.value)}
      >
        <option value="">{t('form.choose')}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {words.option(field, option).text}
          </option>
        ))}
      </select>
    );
  }
  return (
    <div className="options">
      {options.map((option) => (
        <label key={option.value} className={optionClass(value === option.value)}>
          <input
            type="radio"
            name={id}
            value={option.value}
            checked={value === option.value}
            onChange={() => set(option.value)}
          />
          <span>{yesNo ? option.label : <Said said={words.option(field, option)} />}</span>
        </label>
      ))}
    </div>
  );
}

export function SeveralControl({ field, value, set }: Of<'several'>): ReactElement {
  const words = useFormWords();
  const chosen = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  return (
    <div className="options options-many">
      {field.options.map((option) => (
        <label key={option.value} className={optionClass(chosen.includes(option.value))}>
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            onChange={({ target }) =>
              set(target.checked ? [...chosen, option.value] : chosen.filter((item) => item !== option.value))
            }
          />
          <span>
            <Said said={words.option(field, option)} />
          </span>
        </label>
      ))}
    </div>
  );
}

export function FlagControl({
  id,
  title,
  value,
  set,
  describedBy,
}: Of<'flag'> & { readonly title: ReactElement }): ReactElement {
  return (
    <label className={optionClass(value === true)}>
      <input
        id={id}
        type="checkbox"
        checked={value === true}
        aria-describedby={describedBy}
        onChange={({ target }) => set(target.checked)}
      />
      <span>{title}</span>
    </label>
  );
}

/** A class for what is chosen: Firefox before 121 knows no `:has`. */
function optionClass(chosen: boolean): string {
  return chosen ? 'option option-chosen' : 'option';
}
