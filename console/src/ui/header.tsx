import { useEffect, useRef, type ReactElement, type RefObject } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import type { Principal } from '../../../contracts/identity.js';
import { isOfficer, mayOperate, mayTrain } from '../model/acting.js';
import { isOnlyCitizen } from '../model/sign-in-link.js';
import { useI18n } from '../i18n/i18n.js';
import { factsOf, isLanguage, languages, type Language } from '../i18n/languages.js';
import { ClockControl } from './clock-control.js';
import { PersonaMenu } from './persona-menu.js';

/** Who one is, what day it is here, where to go, which language; and the way out. */
export function Header({ principal }: { readonly principal: Principal | undefined }): ReactElement {
  const { t } = useI18n();
  const nav = useCurrentInView();
  const full = principal !== undefined && mayOperate(principal);
  return (
    <header className={full ? 'header header-full' : 'header'}>
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <p className="training">{t('app.training')}</p>
      <div className="header-bar">
        <Link className="brand" to="/">
          <img src="/favicon.svg" alt="" width="28" height="28" />
          <span>{t('app.name')}</span>
        </Link>
        <nav ref={nav} aria-label={t('nav.main')} className="nav">
          <NavLink to="/" end>
            {t('nav.start')}
          </NavLink>
          <NavLink to="/use-cases">{t('nav.useCases')}</NavLink>
          {principal === undefined ? null : (
            <>
              {principal.person === undefined ? null : <NavLink to="/my">{t('nav.my')}</NavLink>}
              {isOnlyCitizen(principal) ? null : (
                <>
                  <NavLink to="/cases">{t('nav.cases')}</NavLink>
                  <NavLink to="/tasks">{t('nav.tasks')}</NavLink>
                </>
              )}
              {full ? (
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
          {principal === undefined ? null : <PersonaMenu principal={principal} />}
        </div>
      </div>
    </header>
  );
}

/** On a phone the navigation is a row that one swipes: the present page's link is brought into view. */
function useCurrentInView(): RefObject<HTMLElement | null> {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const row = nav.current;
    const link = row?.querySelector('[aria-current="page"]');
    if (row === null || link === null || link === undefined) return;
    const middle = (of: Element): number => {
      const { left, right } = of.getBoundingClientRect();
      return (left + right) / 2;
    };
    row.scrollLeft += middle(link) - middle(row);
  }, [pathname]);
  return nav;
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
        {(Object.keys(languages) as Language[]).map((tag) => {
          const { name, draft } = factsOf(tag);
          return (
            <option key={tag} value={tag} lang={tag}>
              {draft === undefined ? name : `${name} (${draft})`}
            </option>
          );
        })}
      </select>
    </label>
  );
}
