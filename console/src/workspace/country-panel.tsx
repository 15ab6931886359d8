import { useState, type ReactElement } from 'react';
import type { CountryView } from '../../../contracts/country.js';
import { useCountries } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { countryTitle } from '../model/country.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useChange } from './workspace-queries.js';

/** Where this workspace is, and where else it could be. Another country is another beginning, so it is asked for twice. */
export function CountryPanel(): ReactElement {
  const { t, language } = useI18n();
  const { data, isError, error } = useCountries();
  const [asking, setAsking] = useState<CountryView>();
  const move = useChange(async (api, to: CountryView) => {
    await api.post('/api/v1/reset', { country: to.id });
    setAsking(undefined);
  });
  return (
    <section className="card" aria-labelledby="place-country">
      <h2 id="place-country">{t('place.country')}</h2>
      <p className="quiet">{t('place.countryHint')}</p>
      <ul className="place-list">
        {data?.countries.map((country) => (
          <li key={country.id}>
            <span>
              <strong>{countryTitle(country, language)}</strong>
              {country.id === data.current ? <CountryFacts country={country} /> : null}
            </span>
            {country.id === data.current ? (
              <span className="badge">{t('place.here')}</span>
            ) : (
              <button
                type="button"
                className="button"
                aria-label={`${t('place.countryChoose')}: ${countryTitle(country, language)}`}
                onClick={() => setAsking(country)}
              >
                {t('place.countryChoose')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {asking === undefined ? null : (
        <>
          <p>{t('place.countryAsk')}</p>
          <div className="buttons">
            <button
              type="button"
              className="button button-main"
              disabled={move.isPending}
              onClick={() => move.mutate(asking)}
            >
              {t('place.countrySure', { country: countryTitle(asking, language) })}
            </button>
            <button type="button" className="button" onClick={() => setAsking(undefined)}>
              {t('place.keep')}
            </button>
          </div>
        </>
      )}
      <p role="status">
        {move.isSuccess ? t('place.countryDone', { country: countryTitle(move.variables, language) }) : null}
      </p>
      {isError ? <ProblemNote error={error} /> : null}
      {move.isError ? <ProblemNote error={move.error} /> : null}
    </section>
  );
}

/** Only of the country where one is: of the others nothing is said on any page. */
function CountryFacts({ country }: { readonly country: CountryView }): ReactElement {
  const { t, language } = useI18n();
  const money = new Intl.DisplayNames([language], { type: 'currency' }).of(country.currency);
  // Isolated, since a number that begins with + would turn around in a text from right to left.
  const numbers = `\u2066${country.phonePrefix}\u2069`;
  return (
    <>
      <br />
      <span className="quiet">{t('place.countryFacts', { money: money ?? country.currency, numbers })}</span>
    </>
  );
}
