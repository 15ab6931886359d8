import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { workspaceHere } from '../model/place.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useWorkspaces } from './workspace-queries.js';

export function SettingsPanel(): ReactElement {
  const { t, date, language } = useI18n();
  const workspaces = useWorkspaces();
  const here = workspaces.data?.find(({ id }) => id === workspaceHere());
  const names = new Intl.DisplayNames([language], { type: 'language' });
  return (
    <section className="card" aria-labelledby="place-settings">
      <h2 id="place-settings">{t('place.setting')}</h2>
      {workspaces.isError ? <ProblemNote error={workspaces.error} /> : null}
      {here === undefined ? null : (
        <dl className="data">
          {here.joinCode === undefined ? null : (
            <div>
              <dt>{t('place.joinCode')}</dt>
              <dd>
                <code className="join-code">{here.joinCode}</code>
              </dd>
            </div>
          )}
          <div>
            <dt>{t('place.seed')}</dt>
            <dd>{t(`place.seed.${here.seed}`)}</dd>
          </div>
          <div>
            <dt>{t('place.language')}</dt>
            <dd>{names.of(here.locale) ?? here.locale}</dd>
          </div>
          <div>
            <dt>{t('place.address')}</dt>
            <dd>
              <code dir="ltr">{here.url}</code>
            </dd>
          </div>
          {here.expiresAt === undefined ? null : (
            <div>
              <dt>{t('place.expires')}</dt>
              <dd>{date(here.expiresAt)}</dd>
            </div>
          )}
        </dl>
      )}
    </section>
  );
}
