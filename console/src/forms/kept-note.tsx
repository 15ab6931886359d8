import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { DraftInHand } from './use-draft.js';

/** Says that an earlier draft was found, and offers to begin anew. */
export function KeptNote({ inHand }: { readonly inHand: DraftInHand }): ReactElement | null {
  const { t } = useI18n();
  if (!inHand.kept) return null;
  return (
    <p className="kept" role="status">
      <span>{t('form.kept')}</span>
      <button type="button" className="button button-quiet" onClick={inHand.startOver}>
        {t('form.startOver')}
      </button>
    </p>
  );
}
