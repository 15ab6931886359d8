/** Something that `sandbox doctor` looked at. A warning lets the sandbox start, and says what it costs. */
export interface Finding {
  readonly what: string;
  /** False for a problem only. */
  readonly ok: boolean;
  readonly level: 'good' | 'warning' | 'problem';
  readonly says: string;
  /** What to do; with every warning and problem. */
  readonly fix?: string;
}

export function good(what: string, says: string): Finding {
  return { what, ok: true, level: 'good', says };
}

export function warning(what: string, says: string, fix: string): Finding {
  return { what, ok: true, level: 'warning', says, fix };
}

export function problem(what: string, says: string, fix: string): Finding {
  return { what, ok: false, level: 'problem', says, fix };
}

/** True when `version` is `least` or later; what is no version is taken as new enough. */
export function isAtLeast(version: string, least: string): boolean {
  const [own, wanted] = [version, least].map((text) =>
    text.split('.').map((part) => Number.parseInt(part, 10)),
  );
  for (const [index, number] of (wanted ?? []).entries()) {
    const found = own?.[index] ?? 0;
    if (Number.isNaN(found)) return true;
    if (found !== number) return found > number;
  }
  return true;
}
