import type { FieldError } from '../api/problem.js';
import type { Field } from './form-fields.js';

/** Why a field was refused, so that it can be said in the reader's language; `other` keeps the server's words. */
export type Complaint =
  | { readonly kind: 'missing' | 'pattern' | 'date' | 'choice' | 'number' | 'whole' }
  | { readonly kind: 'least' | 'most' | 'longer' | 'shorter' | 'items'; readonly n: number }
  | { readonly kind: 'other'; readonly message: string };

export interface FieldComplaint {
  /** The field that shows it; undefined when it is about the form as a whole. */
  readonly field: Field | undefined;
  readonly pointer: string;
  readonly complaint: Complaint;
}

/** Brings the server's errors to the fields that can show them: the nearest one up the pointer. One per field. */
export function complaintsOf(
  fields: readonly Field[],
  errors: readonly FieldError[],
): readonly FieldComplaint[] {
  const told = new Map<string, FieldComplaint>();
  const specific = errors.filter(({ message }) => !/must match "(then|else)" schema/.test(message));
  for (const { pointer, message } of specific.length > 0 ? specific : errors) {
    const own = pointer.replace(/^\/input(?=\/)/, '');
    const field = nearest(fields, own);
    const at = field?.pointer ?? '';
    if (!told.has(at)) told.set(at, { field, pointer: at, complaint: complaintIn(message, own === at) });
  }
  return [...told.values()];
}

function complaintIn(message: string, exact: boolean): Complaint {
  const n = Number(/-?\d+(\.\d+)?/.exec(message)?.[0] ?? Number.NaN);
  if (/required property/.test(message)) return { kind: 'missing' };
  if (!exact) return { kind: 'other', message };
  if (/must match pattern/.test(message)) return { kind: 'pattern' };
  if (/must match format "date/.test(message)) return { kind: 'date' };
  if (/must be equal to one of/.test(message)) return { kind: 'choice' };
  if (/must be integer/.test(message)) return { kind: 'whole' };
  if (/must be number/.test(message)) return { kind: 'number' };
  if (/must be >= /.test(message)) return { kind: 'least', n };
  if (/must be <= /.test(message)) return { kind: 'most', n };
  if (/fewer than \d+ characters/.test(message)) return { kind: 'longer', n };
  if (/more than \d+ characters/.test(message)) return { kind: 'shorter', n };
  if (/fewer than \d+ (items|properties)/.test(message)) return { kind: 'items', n };
  return { kind: 'other', message };
}

function nearest(fields: readonly Field[], pointer: string): Field | undefined {
  for (const field of fields) {
    if (field.pointer === pointer) return field;
    if (!pointer.startsWith(`${field.pointer}/`)) continue;
    if (field.type === 'group') return nearest(field.fields, pointer) ?? field;
    if (field.type !== 'rows') return field;
    const index = Number(pointer.slice(field.pointer.length + 1).split('/')[0]);
    const row = Number.isInteger(index) ? rowField(field.fields, field.pointer, index, pointer) : undefined;
    return row ?? field;
  }
  return undefined;
}

function rowField(fields: readonly Field[], list: string, index: number, pointer: string): Field | undefined {
  const inFirst = `${list}/0${pointer.slice(`${list}/${index}`.length)}`;
  const found = nearest(fields, inFirst);
  return found === undefined ? undefined : { ...found, pointer };
}
