import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { useI18n } from '../i18n/i18n.js';
import { Page } from '../ui/page.js';

export function NotFoundPage(): ReactElement {
  const { t } = useI18n();
  return (
    <Page title={t('app.notFound')}>
      <h1>{t('app.notFound')}</h1>
      <NotFound />
    </Page>
  );
}

export function NotFound(): ReactElement {
  const { t } = useI18n();
  return (
    <p>
      <Link to="/">{t('app.home')}</Link>
    </p>
  );
}
