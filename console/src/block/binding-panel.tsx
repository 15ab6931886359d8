import { useState, type SubmitEvent, type ReactElement } from 'react';
import type { BlockId } from '../../../contracts/block.js';
import { useBindings, useBlockChange, type BindingView } from '../api/block-queries.js';
import { useI18n } from '../i18n/i18n.js';
import { Moment } from '../ui/moment.js';
import { ProblemNote } from '../ui/problem-note.js';

const kinds = ['mock', 'real', 'spy'] as const;
type Kind = (typeof kinds)[number];

/** What stands behind a block as a whole, with a switch; bindings of single services and operations are only shown. */
export function BindingPanel({ block }: { readonly block: BlockId }): ReactElement {
  const { t } = useI18n();
  const bindings = useBindings(block);
  const whole = bindings.data?.find(isWhole);
  return (
    <section className="card" aria-labelledby="binding-title">
      <h2 id="binding-title" className="task-title">
        {t('binding.title')}
      </h2>
      {bindings.isError ? <ProblemNote error={bindings.error} again={() => void bindings.refetch()} /> : null}
      {bindings.data === undefined ? null : (
        <BindingForm key={JSON.stringify(whole)} block={block} bound={whole} />
      )}
      <ul className="plain-list">
        {bindings.data
          ?.filter((one) => !isWhole(one))
          .map(({ service, operationId, binding }) => (
            <li key={`${service} ${operationId}`}>
              <code>{[service, operationId].filter((part) => part !== undefined).join(' ')}</code>:{' '}
              {t(`binding.${binding.kind}`)} <bdi>{binding.baseUrl}</bdi>
            </li>
          ))}
      </ul>
    </section>
  );
}

function isWhole({ service, operationId }: BindingView): boolean {
  return service === undefined && operationId === undefined;
}

function BindingForm({
  block,
  bound,
}: {
  readonly block: BlockId;
  readonly bound: BindingView | undefined;
}): ReactElement {
  const { t } = useI18n();
  const [kind, setKind] = useState<Kind>(bound?.binding.kind ?? 'mock');
  const [baseUrl, setBaseUrl] = useState(bound?.binding.baseUrl ?? '');
  const change = useBlockChange(block, async (api, path, to: BindingView['binding']): Promise<void> => {
    if (to.kind === 'mock') await api.delete(`${path}/binding`);
    else await api.put(`${path}/binding`, to);
  });
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    change.mutate(kind === 'mock' ? { kind } : { kind, baseUrl });
  };
  return (
    <form className="panel-form" onSubmit={send}>
      <fieldset className="kinds">
        <legend className="visually-hidden">{t('binding.title')}</legend>
        {kinds.map((one) => (
          <label key={one} className="kind">
            <input
              type="radio"
              name="binding"
              value={one}
              checked={kind === one}
              onChange={() => setKind(one)}
            />
            <span>
              <strong>{t(`binding.${one}`)}</strong> <span className="quiet">{t(`bindingHint.${one}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {kind === 'mock' ? null : (
        <label className="panel-field">
          {t('binding.address')}
          <input
            type="url"
            required
            dir="ltr"
            placeholder="https://payments.example.gov"
            value={baseUrl}
            onChange={({ target }) => setBaseUrl(target.value)}
          />
        </label>
      )}
      {bound?.unclearSince === undefined ? null : (
        <p className="note note-bad">
          {t('binding.unclear')} <Moment at={bound.unclearSince} withTime />
        </p>
      )}
      <p className="buttons">
        <button type="submit" className="button button-main" disabled={change.isPending}>
          {t('binding.switch')}
        </button>
      </p>
      <p role="status" className="quiet">
        {change.isSuccess ? t('binding.switched') : null}
      </p>
      {change.isError ? <ProblemNote error={change.error} /> : null}
    </form>
  );
}
