import { useMemo, useState, type ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { parseRunFile, payloadsOf, type RunFile } from '../model/run-file.js';
import type { RunSource } from '../run/run-source.js';
import { RunView } from '../run/run-view.js';
import { Page } from '../ui/page.js';

/** A run from a file, as its page was when it was exported. Nothing leaves the browser. */
export function RunFilePage(): ReactElement {
  const { t } = useI18n();
  const [file, setFile] = useState<RunFile | 'bad' | undefined>(undefined);
  return (
    <Page title={t('run.fileTitle')} wide>
      {file === undefined || file === 'bad' ? (
        <>
          <h1>{t('run.fileTitle')}</h1>
          <p className="lead">{t('run.fileLead')}</p>
          <p>
            <label className="file-choice">
              {t('run.fileChoose')}{' '}
              <input
                type="file"
                accept="application/json,.json"
                onChange={({ target }) => {
                  void target.files?.[0]?.text().then((text) => setFile(parseRunFile(text) ?? 'bad'));
                }}
              />
            </label>
          </p>
          {file === 'bad' ? (
            <p className="note note-bad" role="alert">
              {t('run.fileBad')}
            </p>
          ) : null}
        </>
      ) : (
        <FromFile file={file} />
      )}
    </Page>
  );
}

function FromFile({ file }: { readonly file: RunFile }): ReactElement {
  const { t, dateTime } = useI18n();
  const source = useMemo((): RunSource => {
    const bodies = payloadsOf(file.exchanges);
    const payloads = new Map(file.events.map(({ seq, payload }) => [seq, payload]));
    return {
      of: file.case,
      run: file.run,
      workflow: file.workflow,
      events: file.events,
      exchanges: file.exchanges,
      payloadOf: (seq) => Promise.resolve(payloads.get(seq)),
      bodiesOf: (exchange) => Promise.resolve(bodies.get(exchange)),
      copyOf: undefined,
    };
  }, [file]);
  return (
    <RunView
      source={source}
      mark={<span className="badge">{t('run.fromFile', { date: dateTime(file.exportedAt) })}</span>}
      actions={null}
    />
  );
}
