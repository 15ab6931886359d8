import type { ReactElement, ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { DraftValue } from '../model/form-draft.js';
import type { Field } from '../model/form-fields.js';
import { Said } from '../ui/said.js';
import { complaintText } from './complaint-text.js';
import { ChoiceControl, FlagControl, SeveralControl } from './choices.js';
import type { FieldsProps } from './control.js';
import { idOf } from './field-id.js';
import { useFormWords } from './form-words.js';
import { LinesControl, NumberControl, TextControl } from './inputs.js';
import { RowsControl } from './rows.js';
import { TableControl } from './table-file.js';

export function Fields(props: FieldsProps): ReactElement {
  return (
    <>
      {props.fields.map((field) => (
        <OneField key={field.pointer} {...props} field={field} />
      ))}
    </>
  );
}

export function OneField({ field, ...all }: FieldsProps & { readonly field: Field }): ReactElement | null {
  const { t } = useI18n();
  const words = useFormWords();
  const id = idOf(all.id, field.pointer);
  const complaint = all.complaints.find(({ pointer }) => pointer === field.pointer)?.complaint;
  const hintText = words.hint(field);
  const hint = hintText === undefined ? undefined : `${id}-hint`;
  const error = complaint === undefined ? undefined : `${id}-error`;
  const describedBy = [hint, error].filter((one) => one !== undefined).join(' ');
  const notes = (
    <>
      {hintText === undefined ? null : (
        <p id={hint} className="hint">
          <Said said={hintText} />
        </p>
      )}
      {complaint === undefined ? null : (
        <p id={error} className="field-error">
          {complaintText(complaint, t)}
        </p>
      )}
    </>
  );
  const control = {
    id,
    value: all.draft[field.pointer],
    set: (value: DraftValue | undefined) => all.change(field.pointer, value),
    describedBy: describedBy === '' ? undefined : describedBy,
    invalid: complaint !== undefined,
  };
  const classes = complaint === undefined ? 'field' : 'field field-bad';
  const title = <Title field={field} />;
  switch (field.type) {
    case 'fixed':
      return null;
    case 'group':
      return (
        <Together id={id} describedBy={control.describedBy} classes="group" title={title} notes={notes}>
          <Fields {...all} fields={field.fields} />
        </Together>
      );
    case 'rows':
      return (
        <Together id={id} describedBy={control.describedBy} classes="group" title={title} notes={notes}>
          <RowsControl {...all} field={field} fieldsOfRow={(fields) => <Fields {...all} fields={fields} />} />
        </Together>
      );
    case 'several':
      return (
        <Together id={id} describedBy={control.describedBy} classes={classes} title={title} notes={notes}>
          <SeveralControl {...control} field={field} />
        </Together>
      );
    case 'choice':
      return field.options.length <= 4 ? (
        <Together id={id} describedBy={control.describedBy} classes={classes} title={title} notes={notes}>
          <ChoiceControl {...control} field={field} />
        </Together>
      ) : (
        <Labelled id={id} classes={classes} title={title} notes={notes}>
          <ChoiceControl {...control} field={field} />
        </Labelled>
      );
    case 'flag':
      return (
        <div className={classes}>
          <FlagControl {...control} field={field} title={title} />
          {notes}
        </div>
      );
    case 'number':
      return (
        <Labelled id={id} classes={`${classes} field-short`} title={title} notes={notes}>
          <NumberControl {...control} field={field} />
        </Labelled>
      );
    case 'lines':
      return (
        <Labelled id={id} classes={classes} title={title} notes={notes}>
          <LinesControl {...control} field={field} />
        </Labelled>
      );
    case 'table':
      return (
        <Labelled id={id} classes={classes} title={title} notes={notes}>
          <TableControl {...control} field={field} />
        </Labelled>
      );
    case 'text':
      return (
        <Labelled id={id} classes={classes} title={title} notes={notes}>
          <TextControl {...control} field={field} />
        </Labelled>
      );
  }
}

function Title({ field }: { readonly field: Field }): ReactElement {
  const { t } = useI18n();
  const words = useFormWords();
  return (
    <>
      <Said said={words.title(field)} />
      {field.required || field.type === 'flag' ? null : (
        <span className="optional"> ({t('form.optional')})</span>
      )}
    </>
  );
}

interface FrameProps {
  readonly id: string;
  readonly classes: string;
  readonly title: ReactElement;
  readonly notes: ReactElement;
  readonly describedBy?: string | undefined;
  readonly children: ReactNode;
}

function Labelled({ id, classes, title, notes, children }: FrameProps): ReactElement {
  return (
    <div className={classes}>
      <label htmlFor={id}>{title}</label>
      {notes}
      {children}
    </div>
  );
}

function Together({ id, classes, title, notes, describedBy, children }: FrameProps): ReactElement {
  return (
    <fieldset id={id} className={classes} tabIndex={-1} aria-describedby={describedBy}>
      <legend>{title}</legend>
      {notes}
      {children}
    </fieldset>
  );
}
