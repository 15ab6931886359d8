/** The value under a name that somebody gave: what objects inherit (`constructor`, `__proto__`) is none. */
export function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
