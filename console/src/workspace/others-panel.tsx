import { useId, useState, type ReactElement } from 'react';
import { useCountries } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { countryTitle } from '../model/country.js';
import { workspaceHere } from '../model/place.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useChange, useWorkspaces } from './workspace-queries.js';

/** The workspaces that this trainer looks after, each with the code that leads into it. */
export function OthersPanel(): ReactElement {
  const { t, language } = useI18n();
  const field = useId();
  const countryField = useId();
  const { data } = useCountries();
  const [chosen, setCountry] = useState<string>();
  const country = chosen ?? data?.current;
  const [title, setTitle] = useState('');
  const { data: workspaces } = useWorkspaces();
  const make = useChange(async (api, wanted: string) => {
    await api.post('/api/v1/workspaces', { title: wanted, country });
    setTitle('');
  });
  return (
    <section aria-labelledby="place-others">
      <h2 id="place-others">{t('place.others')}</h2>
      <p className="quiet">{t('place.othersHint')}</p>
      <ul className="place-list">
        {workspaces?.map((one) => (
          <li key={one.id}>
            <strong dir="auto">{one.title}</strong>
            <span className="buttons">
              {one.joinCode === undefined ? null : <code className="join-code">{one.joinCode}</code>}
              {one.id === workspaceHere() ? (
                <span className="badge">{t('place.here')}</span>
              ) : (
                <a className="button" href={`${one.url}/`} aria-label={`${t('place.enter')}: ${one.title}`}>
                  {t('place.enter')}
                </a>
              )}
            </span>
          </li>
        ))}
      </ul>
      <form
        className="place-form"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(title);
        }}
      >
        <label htmlFor={field}>{t('place.new')}</label>
        <input
          id={field}
          required
          maxLength={80}
          value={title}
          onChange={({ target }) => setTitle(target.value)}
        />
        <label htmlFor={countryField}>{t('place.newCountry')}</label>
        <select id={countryField} value={country} onChange={({ target }) => setCountry(target.value)}>
          {data?.countries.map((one) => (
            <option key={one.id} value={one.id}>
              {countryTitle(one, language)}
            </option>
          ))}
        </select>
        <button type="submit" className="button button-main" disabled={make.isPending}>
          {t('place.make')}
        </button>
      </form>
      {make.isError ? <ProblemNote error={make.error} /> : null}
    </section>
  );
}
