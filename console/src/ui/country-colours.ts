import { useEffect } from 'react';
import { useCountries } from '../api/queries.js';
import { colourSheet } from '../model/country.js';

/** Gives the pages the colours of the country that the workspace is in. */
export function useCountryColours(): void {
  const { data } = useCountries();
  const colours = data?.countries.find(({ id }) => id === data.current)?.colours;
  useEffect(() => {
    if (colours === undefined) return undefined;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(colourSheet(colours));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }, [colours]);
}
