import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { Exchange } from '../../../contracts/exchange.js';
import type { RunError } from '../../../contracts/run-event.js';
import { useI18n } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/message.js';
import { ToldError } from '../ui/told.js';

/** The workflow specification's kinds of error, by what one can do about them. */
const fixes: readonly { readonly fits: RegExp; readonly fix: MessageKey }[] = [
  { fits: /communication$/, fix: 'run.fix.communication' },
  { fits: /timeout$/, fix: 'run.fix.timeout' },
  { fits: /(authentication|authorization)$/, fix: 'run.fix.rights' },
  { fits: /(validation|expression|configuration|runtime)$/, fix: 'run.fix.data' },
];

/** Why a run failed, where, and what to do. */
export function RunErrorNote({
  error,
  last,
}: {
  readonly error: RunError;
  /** The last call that went wrong, if there was one. */
  readonly last: Exchange | undefined;
}): ReactElement {
  const { t } = useI18n();
  const refused = last?.outcome === 'refused';
  const known = fixes.find(({ fits }) => fits.test(error.type))?.fix ?? 'run.fix.other';
  return (
    <div className="note note-bad" role="alert">
      <p className="note-title">{t('run.failed')}</p>
      <dl className="data">
        <div>
          <dt>{t('run.cause')}</dt>
          <dd dir="auto">
            <ToldError error={error} />
          </dd>
        </div>
        <div>
          <dt>{t('run.fix')}</dt>
          <dd>
            {t(refused ? 'run.fix.rights' : known)}{' '}
            {last === undefined ? null : (
              <Link to={`/building-blocks/${last.block}`}>
                {t('run.toBlock', { block: t(`block.${last.block}`) })}
              </Link>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('run.at')}</dt>
          <dd>
            <code dir="ltr">{error.instance}</code>
          </dd>
        </div>
      </dl>
    </div>
  );
}
