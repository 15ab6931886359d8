/** The id of the control (or group of controls) that stands for a pointer. */
export function idOf(form: string, pointer: string): string {
  return `${form}${pointer.replace(/[^A-Za-z0-9]+/g, '-')}`;
}
