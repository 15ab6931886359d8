import type { ReactElement } from 'react';
import type { Case } from '../../../contracts/case.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { Said } from '../ui/said.js';

type Stated = Pick<Case, 'useCase' | 'kind' | 'state' | 'closedAt' | 'trouble'>;

/** The state as a plain word; its colour says open, closed or in trouble, which the words around it say too. */
export function StateBadge({ of }: { readonly of: Stated }): ReactElement {
  const texts = useUseCaseTexts(of.useCase);
  const look = of.trouble !== undefined ? 'trouble' : of.closedAt === undefined ? 'open' : 'closed';
  return (
    <span className={`badge badge-${look}`}>
      <Said said={texts.state(of.kind, of.state)} />
    </span>
  );
}
