import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';

/** What the marks on a workflow's picture mean. */
export function DiagramLegend(): ReactElement {
  const { t } = useI18n();
  const marks = [
    ['☺', t('diagram.human')],
    ['⏳', t('diagram.waits')],
    ['◇', t('diagram.switch')],
    ['↻', t('diagram.retried')],
    ['⧉', t('diagram.run')],
    ['◉', t('diagram.ends')],
  ] as const;
  return (
    <ul className="diagram-legend" aria-label={t('diagram.legend')}>
      {marks.map(([mark, name]) => (
        <li key={mark}>
          <span aria-hidden="true">{mark}</span> {name}
        </li>
      ))}
    </ul>
  );
}
