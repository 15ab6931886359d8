import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { BlockId } from '../../../contracts/block.js';
import { useApi } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { magicValues, type RulesAnswer } from '../model/magic-values.js';
import { Told } from '../ui/told.js';

/** Which values make the mock behave in a certain way; nothing for blocks without any. */
export function MagicPanel({ block }: { readonly block: BlockId }): ReactElement | null {
  const { t } = useI18n();
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['block', block, 'rules'],
    queryFn: async () => magicValues(await api.get<RulesAnswer>(`/blocks/${block}/rules`)),
    staleTime: Infinity,
  });
  if (data === undefined || data.length === 0) return null;
  return (
    <section className="card" aria-labelledby="magic">
      <h2 id="magic">{t('magic.title')}</h2>
      <p className="quiet">{t('magic.hint')}</p>
      <div className="scroll" role="group" aria-labelledby="magic" tabIndex={0}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{t('magic.value')}</th>
              <th scope="col">{t('magic.what')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map(({ value, what }) => (
              <tr key={value + what}>
                <td>
                  <code dir="ltr">{value}</code>
                </td>
                <td>
                  <Told text={what} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
