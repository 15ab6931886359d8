import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { ApiContext, type Backend } from './api/queries.js';
import { App } from './app.js';
import { I18nProvider } from './i18n/i18n.js';
import type { Texts } from './i18n/load-texts.js';

/** The console within what it stands on; `place` knows the address: the browser's, or the one that is drawn for it. */
export function Root({
  backend: { api, client },
  texts,
  place,
}: {
  readonly backend: Backend;
  readonly texts: Texts;
  readonly place: (app: ReactNode) => ReactElement;
}): ReactElement {
  return (
    <QueryClientProvider client={client}>
      <ApiContext value={api}>
        <I18nProvider texts={texts}>{place(<App />)}</I18nProvider>
      </ApiContext>
    </QueryClientProvider>
  );
}
