import { useState, type ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';

/** Puts a text on the clipboard, also where browsers offer no clipboard because the page came over plain http. */
export function CopyButton({
  text,
  label,
}: {
  readonly text: string;
  readonly label?: string;
}): ReactElement {
  const { t } = useI18n();
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button"
      className="button button-small"
      aria-label={copied ? undefined : label}
      onClick={() => void copy(text).then(() => setCopied(true))}
      onBlur={() => setCopied(false)}
    >
      <span aria-live="polite">{copied ? t('copy.copied') : t('copy.copy')}</span>
    </button>
  );
}

async function copy(text: string): Promise<void> {
  // By types always there; in fact only over https and on localhost.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard !== undefined) return clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- all that there is without https
  document.execCommand('copy');
  area.remove();
}
