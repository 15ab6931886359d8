const fields = [
  { name: 'minute', from: 0, to: 59, names: [] },
  { name: 'hour', from: 0, to: 23, names: [] },
  { name: 'day of month', from: 1, to: 31, names: [] },
  {
    name: 'month',
    from: 1,
    to: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'day of week', from: 0, to: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
] as const;

/** What is wrong with a cron expression of five fields; nothing when it can be kept to. */
export function checkCron(text: string): string | undefined {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== fields.length) return `it has ${parts.length} fields`;
  for (const [index, field] of fields.entries()) {
    for (const part of (parts[index] ?? '').split(',')) {
      const reason = checkPart(part, field);
      if (reason !== undefined) return reason;
    }
  }
  return undefined;
}

function checkPart(part: string, field: (typeof fields)[number]): string | undefined {
  const [, range = '', step] = /^([^/]*)(?:\/(\d+))?$/.exec(part) ?? [];
  const wrong = `"${part}" is no ${field.name}`;
  if (range === '' || (step !== undefined && Number(step) === 0)) return wrong;
  if (range === '*') return undefined;
  const bounds = range.split('-').map((bound) => numberOf(bound, field));
  const [first, last = first] = bounds;
  if (bounds.length > 2 || first === undefined || last === undefined) return wrong;
  if (first > last) return `${wrong}: it ends before it begins`;
  return undefined;
}

function numberOf(text: string, { from, to, names }: (typeof fields)[number]): number | undefined {
  const named = (names as readonly string[]).indexOf(text.toLowerCase());
  const value = named >= 0 ? named + from : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : undefined;
}
