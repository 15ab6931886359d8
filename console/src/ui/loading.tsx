import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';

export function Loading(): ReactElement {
  const { t } = useI18n();
  return (
    <p className="loading" role="status">
      {t('app.loading')}
    </p>
  );
}
