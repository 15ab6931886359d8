import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { ApiContext, type Backend } from './api/queries.js';
import { App } from './app.js';
import { BecomeContext, type Become } from './api/become.js';
import { I18nProvider } from './i18n/i18n.js';
import type { Texts } from './i18n/load-texts.js';

/** The console within what it stands on; `place` knows the address: the browser's, or the one that is drawn for it. */
export function Root({
  backend: { api, client },
  texts,
  place,
  become,
}: {
  readonly backend: Backend;
  readonly texts: Texts;
  readonly place: (app: ReactNode) => ReactElement;
  /** Absent where the page is only drawn: links lead to the sign-in there. */
  readonly become?: Become;
}): ReactElement {
  return (
    <QueryClientProvider client={client}>
      <ApiContext value={api}>
        <BecomeContext value={become}>
          <I18nProvider texts={texts}>{place(<App />)}</I18nProvider>
        </BecomeContext>
      </ApiContext>
    </QueryClientProvider>
  );
}
