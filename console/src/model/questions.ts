import type { Field } from './form-fields.js';

/** One thing that a form asks, with the group that it belongs to. */
export interface Question {
  readonly field: Field;
  readonly group: Field | undefined;
}

/** The questions of a form, one after the other. A list of rows is one question; what is fixed is none. */
export function questionsOf(fields: readonly Field[], group?: Field): readonly Question[] {
  return fields.flatMap((field): readonly Question[] => {
    switch (field.type) {
      case 'fixed':
        return [];
      case 'group':
        return questionsOf(field.fields, field);
      default:
        return [{ field, group }];
    }
  });
}
