import type { ReactElement } from 'react';
import type { BlockId } from '../../../contracts/block.js';
import type { PublishedUseCases } from '../../../contracts/published-use-case.js';
import { useI18n, type I18n } from '../i18n/i18n.js';
import { publishedSaid } from '../model/catalogue.js';
import { BlockChip } from '../ui/block-chip.js';
import { Said } from '../ui/said.js';

/** A building block by its name, also one that nothing here simulates: that one has a hollow dot. */
export function AnyBlock({
  block,
  published,
}: {
  readonly block: string;
  readonly published: PublishedUseCases | undefined;
}): ReactElement {
  const { language } = useI18n();
  const elsewhere = published?.blocks[block];
  if (elsewhere === undefined) return <BlockChip block={block as BlockId} />;
  return (
    <span className="block block-elsewhere">
      <span className="block-dot" aria-hidden="true" />
      <Said said={publishedSaid(elsewhere, language)} />
    </span>
  );
}

export function blockName(
  block: string,
  published: PublishedUseCases | undefined,
  { t, language }: Pick<I18n, 't' | 'language'>,
): string {
  const elsewhere = published?.blocks[block];
  return elsewhere === undefined ? t(`block.${block as BlockId}`) : publishedSaid(elsewhere, language).text;
}
