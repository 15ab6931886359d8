import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { PersonConsent } from '../../../contracts/held-consent.js';
import { useApi } from '../api/queries.js';

import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import type { Said as SaidText } from '../model/texts.js';
import { FieldList } from '../ui/field-list.js';
import { Moment } from '../ui/moment.js';
import { Said } from '../ui/said.js';

/** Who may read the signed-in person's data because they said yes, and until when. */
export function HeldConsents(): ReactElement | null {
  const { t } = useI18n();
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['consents'],
    queryFn: () => api.get<{ consents: readonly PersonConsent[] }>('/api/v1/me/consents'),
    refetchOnMount: 'always',
  });
  if (data === undefined) return null;
  return (
    <section aria-labelledby="who-may">
      <h2 id="who-may">{t('consents.title')}</h2>
      <p className="quiet">{t(data.consents.length === 0 ? 'consents.none' : 'consents.lead')}</p>
      <ul className="access-list">
        {data.consents.map((consent) => (
          <ConsentCard key={consent.consentRecord} consent={consent} />
        ))}
      </ul>
    </section>
  );
}

function ConsentCard({ consent }: { readonly consent: PersonConsent }): ReactElement {
  const { t } = useI18n();
  const texts = useUseCaseTexts(consent.useCase);
  const who =
    texts.useCase === undefined ? { text: consent.controller ?? consent.purpose, lang: 'en' } : texts.title;
  const inWords = (said: string): SaidText => texts.value(said) ?? { text: said, lang: 'en' };
  return (
    <li className="card held-consent">
      <h3 className="task-title">
        <Said said={who} />
      </h3>
      <dl className="data">
        {consent.controller === undefined ? null : (
          <div>
            <dt>{t('accesses.who')}</dt>
            <dd>
              <Said said={inWords(consent.controller)} />
            </dd>
          </div>
        )}
        <FieldList term={t('accesses.what')} words={consent.fields.map(texts.fact)} />
        {consent.services.length === 0 ? null : (
          <FieldList term={t('consents.where')} words={consent.services.map(texts.service)} />
        )}
        <div>
          <dt>{t('accesses.why')}</dt>
          <dd>
            <Said said={inWords(consent.purpose)} />
          </dd>
        </div>
        {consent.expiresAt === undefined ? null : (
          <div>
            <dt>{t('consents.until')}</dt>
            <dd>
              <Moment at={consent.expiresAt} />
            </dd>
          </div>
        )}
      </dl>
    </li>
  );
}
