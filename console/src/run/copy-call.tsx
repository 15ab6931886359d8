import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import { CopyButton } from '../ui/copy-button.js';
import { ProblemNote } from '../ui/problem-note.js';
import type { RunSource } from './run-source.js';

/** The call as a command that can be sent again; written by the server when somebody wants it. */
export function CopyCall({
  run,
  seq,
  copyOf,
}: {
  readonly run: string;
  readonly seq: number;
  readonly copyOf: Exclude<RunSource['copyOf'], undefined>;
}): ReactElement {
  const { t } = useI18n();
  const [wanted, setWanted] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['run-copy', run, seq],
    queryFn: () => copyOf(seq),
    enabled: wanted,
    staleTime: Infinity,
  });
  if (error !== null) return <ProblemNote error={error} />;
  if (data === undefined) {
    return (
      <button type="button" className="button button-small" onClick={() => setWanted(true)}>
        {t('run.copyCurl')}
      </button>
    );
  }
  return (
    <>
      <pre className="body" dir="ltr" tabIndex={0} role="group" aria-label={t('run.copyCurl')}>
        {data}
      </pre>
      <CopyButton text={data} label={t('run.copyCurl')} />
    </>
  );
}
