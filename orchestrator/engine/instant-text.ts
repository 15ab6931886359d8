const recent = new Map<number, string>();

/** `toISOString`, which is slow, remembered for the instants of the last moment: events come in bursts. */
export function instantText(instant: Date): string {
  const milliseconds = instant.getTime();
  const known = recent.get(milliseconds);
  if (known !== undefined) return known;
  if (recent.size >= 16) recent.clear();
  const text = instant.toISOString();
  recent.set(milliseconds, text);
  return text;
}
