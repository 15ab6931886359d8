import type { ReactElement } from 'react';
import type { BlockId } from '../../../contracts/block.js';
import { useI18n } from '../i18n/i18n.js';

/** A building block: always the same colour and name. */
export function BlockChip({ block }: { readonly block: BlockId }): ReactElement {
  const { t } = useI18n();
  return (
    <span className={`block block-${block}`}>
      <span className="block-dot" aria-hidden="true" />
      {t(`block.${block}`)}
    </span>
  );
}
