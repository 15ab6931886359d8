import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { Mark, markNames } from './mark.js';

/** What the marks on a workflow's picture mean. */
export function DiagramLegend(): ReactElement {
  const { t } = useI18n();
  return (
    <ul className="diagram-legend" aria-label={t('diagram.legend')}>
      {markNames.map((name) => (
        <li key={name}>
          <Mark name={name} /> {t(`diagram.${name}`)}
        </li>
      ))}
    </ul>
  );
}
