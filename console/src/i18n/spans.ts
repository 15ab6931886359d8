/** Lengths of time as people say them. Intl has no duration format in the older browsers, so units are put together here. */
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

export function spanOf(milliseconds: number, language: string): string {
  if (milliseconds < 1_000) return unit(Math.round(milliseconds), 'millisecond', language);
  const [name, size] = units.find(([, length]) => milliseconds >= length) ?? units[3];
  const amount = milliseconds / size;
  return unit(
    name === 'second' || name === 'hour' ? Math.round(amount * 10) / 10 : Math.round(amount),
    name,
    language,
  );
}

function unit(amount: number, name: string, language: string): string {
  const unitDisplay = name === 'millisecond' || name === 'second' ? 'short' : 'long';
  return new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay }).format(amount);
}
