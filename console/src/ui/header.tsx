import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, NavLink } from 'react-router';
import type { Principal } from '../../../contracts/identity.js';
import { useApi } from '../api/queries.js';
import { isOfficer, mayOperate, mayTrain } from '../model/acting.js';
import { inWorkspace, rememberWorkspace } from '../model/place.js';
import { useI18n } from '../i18n/i18n.js';
import { isLanguage, languages } from '../i18n/languages.js';
import { ClockControl } from './clock-control.js';

/** Who one is, what day it is here, where to go, which language; and the way out. */
export function Header({ principal }: { readonly principal: Principal | undefined }): ReactElement {
  const { t } = useI18n();
  return (
    <header className="header">
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <p className="training">{t('app.training')}</p>
      <div className="header-bar">
        <Link className="brand" to="/">
          <img src="/favicon.svg" alt="" width="28" height="28" />
          <span>{t('app.name')}</span>
        </Link>
        <nav aria-label={t('nav.main')} className="nav">
          <NavLink to="/" end>
            {t('nav.start')}
          </NavLink>
          <NavLink to="/use-cases">{t('nav.useCases')}</NavLink>
          {principal === undefined ? null : (
            <>
              <NavLink to="/cases">{t('nav.cases')}</NavLink>
              <NavLink to="/tasks">{t('nav.tasks')}</NavLink>
              {mayOperate(principal) ? (
                <>
                  <NavLink to="/runs">{t('nav.runs')}</NavLink>
                  <NavLink to="/building-blocks">{t('nav.blocks')}</NavLink>
                </>
              ) : null}
              {isOfficer(principal) ? <NavLink to="/messages">{t('nav.messages')}</NavLink> : null}
              {mayTrain(principal) ? <NavLink to="/workspace">{t('nav.workspace')}</NavLink> : null}
              {principal.person === undefined ? null : <NavLink to="/accesses">{t('nav.accesses')}</NavLink>}
            </>
          )}
        </nav>
        <div className="header-end">
          <ClockControl principal={principal} />
          <LanguageMenu />
          {principal === undefined ? null : <Persona principal={principal} />}
        </div>
      </div>
    </header>
  );
}

function LanguageMenu(): ReactElement {
  const { t, language, setLanguage } = useI18n();
  return (
    <label className="language">
      <span className="visually-hidden">{t('header.language')}</span>
      <select
        value={language}
        onChange={({ target }) => {
          if (isLanguage(target.value)) setLanguage(target.value);
        }}
      >
        {Object.entries(languages).map(([tag, { name }]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Persona({ principal }: { readonly principal: Principal }): ReactElement {
  const { t, list } = useI18n();
  const api = useApi();
  const signOut = useMutation({
    mutationFn: (everywhere: boolean) =>
      api.post<{ redirectTo: string }>(everywhere ? '/auth/logout?everywhere' : '/auth/logout'),
    onSuccess: ({ redirectTo }) => {
      rememberWorkspace();
      window.location.assign(redirectTo);
    },
    onError: () => window.location.assign(inWorkspace('/')),
  });
  return (
    <div className="persona">
      <p className="persona-name">
        <strong dir="auto">{principal.name}</strong>
        <span>{list(principal.roles.map((role) => t(`role.${role}`)))}</span>
      </p>
      <button
        type="button"
        className="button button-quiet"
        disabled={signOut.isPending}
        onClick={() => signOut.mutate(false)}
      >
        {t('header.signOut')}
      </button>
      <button
        type="button"
        className="button button-quiet"
        disabled={signOut.isPending}
        aria-label={t('header.signOutEverywhere')}
        title={t('header.signOutEverywhere')}
        onClick={() => signOut.mutate(true)}
      >
        {t('header.everywhere')}
      </button>
    </div>
  );
}
