import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { Case } from '../../../contracts/case.js';
import type { Run } from '../../../contracts/run.js';
import type { WorkflowDocument } from '../../../contracts/workflow.js';
import { useApi } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { runFile, type RunFile } from '../model/run-file.js';
import { ProblemNote } from '../ui/problem-note.js';
import { saveFile } from './save-file.js';

interface ExportProps {
  readonly of: Case;
  readonly run: Run;
  readonly workflow: WorkflowDocument;
}

/** Saves the run as a file, without what is about people unless somebody asks for it. */
export function ExportRun({ of, run, workflow }: ExportProps): ReactElement {
  const { t } = useI18n();
  const api = useApi();
  const [withData, setWithData] = useState(false);
  const save = useMutation({
    mutationFn: async () => {
      const path = `/api/v1/runs/${run.id}`;
      const [{ events }, { exchanges }] = await Promise.all([
        api.get<Pick<RunFile, 'events'>>(`${path}/events?payload=${String(withData)}`),
        api.get<Pick<RunFile, 'exchanges'>>(`${path}/exchanges`),
      ]);
      const exportedAt = new Date().toISOString();
      const file = runFile({ exportedAt, case: of, run, workflow, events, exchanges }, { withData });
      saveFile(`run-${of.number}-${run.id.slice(-6)}.json`, JSON.stringify(file, undefined, 1));
    },
  });
  return (
    <span className="export">
      <button type="button" className="button" disabled={save.isPending} onClick={() => save.mutate()}>
        {t('run.export')}
      </button>
      <label className="check">
        <input type="checkbox" checked={withData} onChange={({ target }) => setWithData(target.checked)} />{' '}
        {t('run.exportData')}
      </label>
      {save.isError ? <ProblemNote error={save.error} /> : null}
    </span>
  );
}
