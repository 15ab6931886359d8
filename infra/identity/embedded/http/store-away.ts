import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

import { isStoreUnavailable, STORE_RETRY_AFTER_SECONDS } from '../../../../contracts/store-unavailable.js';
import { pageTexts } from '../page-texts.js';
import { escape, page } from '../pages.js';

/** What a person is told while the documents cannot be reached: to load the page again. */
export function waitingPage(language: string | undefined): string {
  const texts = pageTexts(language);
  return page(texts, texts.failed, `<p>${escape(texts.away)}</p>`);
}

/**
 * oidc-provider takes every error of its storage for a defect: 500, told to the client as `server_error`. While the
 * documents are away it is 503 instead, and the client may ask again.
 */
export function answerStoreAway(provider: Provider): void {
  const failed = new WeakSet<object>();
  provider.on('server_error', (context, error) => {
    if (isStoreUnavailable(error)) failed.add(context);
  });
  provider.use(async (context: KoaContextWithOIDC, next: () => Promise<unknown>) => {
    try {
      await next();
      if (!failed.has(context)) return;
    } catch (error) {
      if (!isStoreUnavailable(error)) throw error;
    }
    context.remove('Location');
    context.status = 503;
    context.set('Retry-After', String(STORE_RETRY_AFTER_SECONDS));
    if (context.accepts('json', 'html') === 'html') {
      context.type = 'html';
      context.body = waitingPage(context.get('accept-language'));
    } else {
      context.body = {
        error: 'temporarily_unavailable',
        error_description: 'The documents of the sandbox do not answer just now; ask again.',
      };
    }
  });
}
