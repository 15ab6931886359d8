import { renderToString } from 'react-dom/server';
import { StaticRouter } from 'react-router';
import { createBackend, nobody } from '../api/queries.js';
import { languages } from '../i18n/languages.js';
import { loadTexts } from '../i18n/load-texts.js';
import { languageOfRequest } from '../i18n/preferred-language.js';
import { drawnAt, inWorkspace } from '../model/place.js';
import { Root } from '../root.js';
import { askForFirstView } from './answers.js';

export interface Wanted {
  /** The built page with its empty root. */
  readonly page: string;
  /** `/`, or `/w/{workspace}/`. */
  readonly pathname: string;
  readonly cookie: string | undefined;
  readonly acceptLanguage: string | undefined;
  /** Asks the API of that workspace as somebody who is not signed in. */
  readonly ask: (path: string) => Promise<Response>;
}

/**
 * The first page as somebody sees it who is not signed in: readable, its links good to follow, before any code has come.
 * Rejects when the API does not answer.
 */
export async function drawFirstView(wanted: Wanted): Promise<string> {
  const { page, pathname } = wanted;
  const language = languageOfRequest(wanted);
  const backend = createBackend((path) => wanted.ask(path as string));
  const { client } = backend;
  // Whoever waits for a page gets it empty rather than late.
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } });
  client.setQueryData(['me'], nobody);
  const [texts] = await Promise.all([loadTexts(language), askForFirstView(backend, language)]);
  const view = drawnAt(pathname, () =>
    renderToString(
      <Root
        backend={backend}
        texts={texts}
        place={(pages) => (
          <StaticRouter basename={inWorkspace('/')} location={pathname}>
            {pages}
          </StaticRouter>
        )}
      />,
    ),
  );
  client.clear();
  return codeLast(page)
    .replace(/<html[^>]*>/, `<html lang="${language}" dir="${languages[language].direction}">`)
    .replace('<div id="root"></div>', () => `<div id="root">${view}</div>`);
}

/** On a slow line, what is wanted last must not come first. */
function codeLast(page: string): string {
  const code = page.match(/<script type="module".*?<\/script>|<link rel="modulepreload".*?>/g) ?? [];
  const without = code.reduce((rest, tag) => rest.replace(tag, ''), page);
  return without.replace('</body>', () => `${code.join('\n')}\n</body>`);
}
