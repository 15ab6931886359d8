import { useState, type ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { rowsOf } from '../model/csv.js';
import type { Field } from '../model/form-fields.js';
import type { ControlProps } from './control.js';

/** A list of rows is taken from a CSV file, read here and sent as data. */
export function TableControl({
  id,
  set,
  describedBy,
  invalid,
}: ControlProps<Extract<Field, { type: 'table' }>>): ReactElement {
  const { t } = useI18n();
  const [rows, setRows] = useState<number | undefined>(undefined);
  const read = async (file: File | undefined): Promise<void> => {
    const found = file === undefined ? undefined : rowsOf(await file.text());
    setRows(found?.length);
    set(found);
  };
  return (
    <>
      <p className="hint" id={`${id}-file`}>
        {t('form.file')}
      </p>
      <input
        id={id}
        type="file"
        accept=".csv,text/csv"
        aria-describedby={[`${id}-file`, describedBy].filter((one) => one !== undefined).join(' ')}
        aria-invalid={invalid}
        onChange={({ target }) => void read(target.files?.[0])}
      />
      <p role="status">{rows === undefined ? null : t('form.fileRows', { n: rows })}</p>
    </>
  );
}
