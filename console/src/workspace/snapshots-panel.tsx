import { useId, useState, type ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { ProblemNote } from '../ui/problem-note.js';
import { herePath, useChange, useSnapshots } from './workspace-queries.js';

export function SnapshotsPanel(): ReactElement {
  const { t, dateTime, date } = useI18n();
  const field = useId();
  const [name, setName] = useState('');
  const snapshots = useSnapshots();
  const take = useChange(async (api, wanted: string) => {
    await api.post(`${herePath()}/snapshots`, { name: wanted });
    setName('');
  });
  const restore = useChange((api, wanted: string) => api.post(`${herePath()}/snapshots/${wanted}/restore`));
  const remove = useChange((api, wanted: string) => api.delete(`${herePath()}/snapshots/${wanted}`));
  const busy = take.isPending || restore.isPending || remove.isPending;
  const error = take.error ?? restore.error ?? remove.error ?? snapshots.error;
  return (
    <section className="card" aria-labelledby="place-snapshots">
      <h2 id="place-snapshots">{t('place.snapshots')}</h2>
      <p className="quiet">{t('place.snapshotsHint')}</p>
      {snapshots.data?.length === 0 ? <p>{t('place.noSnapshots')}</p> : null}
      <ul className="place-list">
        {snapshots.data?.map((one) => (
          <li key={one.name}>
            <span>
              <strong dir="ltr">{one.name}</strong>
              <br />
              <span className="quiet">
                {t('place.takenAt', { date: dateTime(one.takenAt), clock: date(one.workspaceTime) })}
              </span>
            </span>
            <span className="buttons">
              <button
                type="button"
                className="button"
                disabled={busy}
                aria-label={`${t('place.putBack')}: ${one.name}`}
                onClick={() => restore.mutate(one.name)}
              >
                {t('place.putBack')}
              </button>
              <button
                type="button"
                className="button button-quiet"
                disabled={busy}
                aria-label={`${t('place.delete')}: ${one.name}`}
                onClick={() => remove.mutate(one.name)}
              >
                {t('place.delete')}
              </button>
            </span>
          </li>
        ))}
      </ul>
      <form
        className="place-form"
        onSubmit={(event) => {
          event.preventDefault();
          take.mutate(name);
        }}
      >
        <label htmlFor={field}>{t('place.name')}</label>
        <input
          id={field}
          dir="ltr"
          required
          pattern="[a-z0-9]+(-[a-z0-9]+)*"
          maxLength={40}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <button type="submit" className="button button-main" disabled={busy}>
          {t('place.take')}
        </button>
      </form>
      {error === null ? null : <ProblemNote error={error} />}
    </section>
  );
}
