import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { rowFields } from '../model/form-draft.js';
import type { Field } from '../model/form-fields.js';
import type { FieldsProps } from './control.js';

/** A list of entries with the same fields each; the last one can be taken away again. */
export function RowsControl({
  field,
  fieldsOfRow,
  ...all
}: FieldsProps & {
  readonly field: Extract<Field, { type: 'rows' }>;
  /** How the fields of a row are shown: rows may hold what holds rows. */
  readonly fieldsOfRow: (fields: readonly Field[]) => ReactElement;
}): ReactElement {
  const { t } = useI18n();
  const { pointer } = field;
  const given = all.draft[pointer];
  const count = typeof given === 'number' ? given : 0;
  const removeLast = (): void => {
    for (const name of Object.keys(all.draft)) {
      if (name.startsWith(`${pointer}/${count - 1}/`)) all.change(name, undefined);
    }
    all.change(pointer, count - 1);
  };
  return (
    <>
      {Array.from({ length: count }, (_, index) => (
        <fieldset key={index} className="row">
          <legend>{t('form.row', { n: index + 1 })}</legend>
          {fieldsOfRow(rowFields(field.fields, pointer, index))}
          {index === count - 1 ? (
            <button type="button" className="button button-quiet" onClick={removeLast}>
              {t('form.removeRow')}
            </button>
          ) : null}
        </fieldset>
      ))}
      <button type="button" className="button" onClick={() => all.change(pointer, count + 1)}>
        {t('form.addRow')}
      </button>
    </>
  );
}
