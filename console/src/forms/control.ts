import type { FieldComplaint } from '../model/form-errors.js';
import type { Draft, DraftValue } from '../model/form-draft.js';
import type { Field } from '../model/form-fields.js';

export interface FieldsProps {
  readonly id: string;
  readonly fields: readonly Field[];
  readonly draft: Draft;
  readonly complaints: readonly FieldComplaint[];
  readonly change: (pointer: string, value: DraftValue | undefined) => void;
}

/** What every control gets. */
export interface ControlProps<F extends Field = Field> {
  readonly id: string;
  readonly field: F;
  readonly value: DraftValue | undefined;
  readonly set: (value: DraftValue | undefined) => void;
  /** The ids of the hint and the error, for `aria-describedby`. */
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}
