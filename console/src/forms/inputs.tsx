import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { Field } from '../model/form-fields.js';
import type { ControlProps } from './control.js';

type Of<T extends Field['type']> = ControlProps<Extract<Field, { type: T }>>;

export function TextControl({ id, field, value, set, describedBy, invalid }: Of<'text'>): ReactElement {
  const shared = {
    id,
    value: typeof value === 'string' ? value : '',
    'aria-describedby': describedBy,
    'aria-invalid': invalid,
    'aria-required': field.required,
    dir: field.input === 'text' ? 'auto' : field.input === 'tel' ? 'ltr' : undefined,
  };
  const { maxLength } = field.schema;
  return field.long ? (
    <textarea {...shared} rows={3} onChange={({ target }) => set(target.value)} />
  ) : (
    <input
      {...shared}
      type={field.input}
      autoComplete="off"
      maxLength={typeof maxLength === 'number' && field.input === 'text' ? maxLength : undefined}
      onChange={({ target }) => set(target.value)}
    />
  );
}

/** A text field with a number pad: a number field would silently drop what it does not understand. */
export function NumberControl({ id, field, value, set, describedBy, invalid }: Of<'number'>): ReactElement {
  return (
    <input
      id={id}
      type="text"
      dir="ltr"
      inputMode={field.integer ? 'numeric' : 'decimal'}
      autoComplete="off"
      value={typeof value === 'string' ? value : ''}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      aria-required={field.required}
      onChange={({ target }) => set(target.value)}
    />
  );
}

export function LinesControl({ id, field, value, set, describedBy, invalid }: Of<'lines'>): ReactElement {
  const { t } = useI18n();
  return (
    <>
      <p className="hint" id={`${id}-lines`}>
        {t('form.linesHint')}
      </p>
      <textarea
        id={id}
        dir="auto"
        rows={5}
        value={typeof value === 'string' ? value : ''}
        aria-describedby={[`${id}-lines`, describedBy].filter((one) => one !== undefined).join(' ')}
        aria-invalid={invalid}
        aria-required={field.required}
        onChange={({ target }) => set(target.value)}
      />
    </>
  );
}
