import type { Draft } from './form-draft.js';
import { dataOf } from './form-draft.js';
import type { Complaint } from './form-errors.js';
import type { Field } from './form-fields.js';

/**
 * What is plainly wrong with one answer, told before the next question is asked. It is a courtesy: the server judges
 * the whole, and what this lets pass is refused there.
 */
export function complaintAbout(field: Field, draft: Draft): Complaint | undefined {
  const value = dataOf([field], draft)[field.name];
  if (value === undefined) return field.required ? { kind: 'missing' } : undefined;
  const { schema } = field;
  const bound = (name: string): number | undefined =>
    typeof schema[name] === 'number' ? schema[name] : undefined;
  const [least, most] = [bound('minimum'), bound('maximum')];
  if (field.type === 'number') {
    if (typeof value !== 'number') return { kind: 'number' };
    if (field.integer && !Number.isInteger(value)) return { kind: 'whole' };
    if (least !== undefined && value < least) return { kind: 'least', n: least };
    if (most !== undefined && value > most) return { kind: 'most', n: most };
    return undefined;
  }
  if (field.type !== 'text' || typeof value !== 'string') return undefined;
  if (field.input === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(value)) return { kind: 'date' };
  const [shortest, longest] = [bound('minLength'), bound('maxLength')];
  if (shortest !== undefined && value.length < shortest) return { kind: 'longer', n: shortest };
  if (longest !== undefined && value.length > longest) return { kind: 'shorter', n: longest };
  const pattern = schema['pattern'];
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value)) return { kind: 'pattern' };
  return undefined;
}
