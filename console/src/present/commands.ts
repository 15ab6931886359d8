export type TalkCommand = 'next' | 'previous' | 'again' | 'blank' | 'technical' | 'notes' | 'leave';

/** What a key of the keyboard, or of a clicker, asks for; undefined where it belongs to a control. */
export function commandOf(
  event: {
    readonly key: string;
    readonly ctrlKey: boolean;
    readonly metaKey: boolean;
    readonly altKey: boolean;
    readonly target: unknown;
  },
  rightToLeft: boolean,
): TalkCommand | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const { tagName = '' } = (event.target ?? {}) as { tagName?: string };
  if (event.key === 'Escape') return 'leave';
  if (event.key === 'PageDown') return 'next';
  if (event.key === 'PageUp') return 'previous';
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(tagName)) return undefined;
  switch (event.key) {
    case ' ':
    case 'Enter':
      return /^(BUTTON|A|SUMMARY)$/.test(tagName) ? undefined : 'next';
    case 'ArrowRight':
      return rightToLeft ? 'previous' : 'next';
    case 'ArrowLeft':
      return rightToLeft ? 'next' : 'previous';
    case 'b':
    case 'B':
    case '.':
      return 'blank';
    case 't':
    case 'T':
      return 'technical';
    case 'n':
    case 'N':
      return 'notes';
    case 'r':
    case 'R':
      return 'again';
    default:
      return undefined;
  }
}
