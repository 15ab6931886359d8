import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { useI18n } from '../i18n/i18n.js';

/** The way back to one's own first page. */
export function BackLink(): ReactElement {
  const { t } = useI18n();
  return (
    <p>
      <Link className="back-link" to="/my">
        {t('nav.my')}
      </Link>
    </p>
  );
}
