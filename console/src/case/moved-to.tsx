import type { ReactElement } from 'react';
import type { Case } from '../../../contracts/case.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import { Said } from '../ui/said.js';

/** The state that a step brought the case to. */
export function MovedTo({
  state,
  of,
  texts,
}: {
  readonly state: string;
  readonly of: Case;
  readonly texts: UseCaseTexts;
}): ReactElement {
  const { t } = useI18n();
  const said = texts.state(of.kind, state);
  return (
    <p className="moved">
      <span className="visually-hidden">{t('entry.state', { state: said.text })}</span>
      <span aria-hidden="true" className="badge moved-to">
        <Said said={said} />
      </span>
    </p>
  );
}
