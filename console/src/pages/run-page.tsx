import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import type { Case } from '../../../contracts/case.js';
import type { Json } from '../../../contracts/json.js';
import type { Run } from '../../../contracts/run.js';
import type { WorkflowDocument } from '../../../contracts/workflow.js';
import { useApi, useCase } from '../api/queries.js';
import type { SequencedEvent } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { useRunLog } from '../live/use-run-log.js';
import { isJsonObject } from '../model/json.js';
import { payloadsOf } from '../model/run-file.js';
import { ExportRun } from '../run/export-run.js';
import { RunAgain } from '../run/run-again.js';
import { RunOperations } from '../run/run-operations.js';
import type { RunSource } from '../run/run-source.js';
import { RunView } from '../run/run-view.js';
import { LiveMark } from '../ui/live-mark.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { ProblemNote } from '../ui/problem-note.js';

/** One run of a workflow, live, for those who operate the sandbox. */
export function RunPage(): ReactElement {
  const { id = '' } = useParams();
  return <OneRun key={id} id={id} />;
}

function OneRun({ id }: { readonly id: string }): ReactElement {
  const { t } = useI18n();
  const api = useApi();
  const path = `/api/v1/runs/${encodeURIComponent(id)}`;
  const run = useQuery({
    queryKey: ['run', id],
    queryFn: async () => (await api.get<{ run: Run }>(path)).run,
  });
  const workflow = useQuery({
    queryKey: ['run-workflow', id],
    queryFn: () => api.get<WorkflowDocument>(`${path}/workflow`),
    staleTime: Infinity,
  });
  const texts = useUseCaseTexts(run.data?.useCase);
  const title =
    run.data === undefined ? '' : texts.workflow(run.data.workflow.name, workflow.data?.document.title).text;
  return (
    <Page title={`${t('nav.runs')}: ${title}`} wide>
      <p>
        <Link className="quiet-link" to="/runs">
          {t('runs.all')}
        </Link>
      </p>
      {run.isError ? <ProblemNote error={run.error} again={() => void run.refetch()} /> : null}
      {workflow.isError ? <ProblemNote error={workflow.error} /> : null}
      {run.data === undefined || workflow.data === undefined ? (
        run.isError || workflow.isError ? null : (
          <Loading />
        )
      ) : (
        <WithCase run={run.data} workflow={workflow.data} />
      )}
    </Page>
  );
}

interface LiveProps {
  readonly run: Run;
  readonly workflow: WorkflowDocument;
}

function WithCase({ run, workflow }: LiveProps): ReactElement {
  const answer = useCase(run.caseId);
  if (answer.data === undefined) return answer.isError ? <ProblemNote error={answer.error} /> : <Loading />;
  return <Live run={run} workflow={workflow} of={answer.data.case} />;
}

function Live({ run, workflow, of }: LiveProps & { readonly of: Case }): ReactElement {
  const api = useApi();
  const { events, exchanges, state } = useRunLog(run);
  const source = useMemo((): RunSource => {
    const path = `/api/v1/runs/${run.id}`;
    const bodies = payloadsOf(exchanges);
    return {
      of,
      run,
      workflow,
      events,
      exchanges,
      payloadOf: async (seq) => {
        const { events: found } = await api.get<{ events: readonly { payload?: Json }[] }>(
          `${path}/events?after=${seq - 1}&limit=1&payload=true`,
        );
        return found[0]?.payload;
      },
      bodiesOf: (exchange) => Promise.resolve(bodies.get(exchange)),
      copyOf: (seq) => api.text(`${path}/exchanges/${seq}/copy?as=curl`),
    };
  }, [api, run, workflow, of, events, exchanges]);
  const inputOf = async (from: string): Promise<Json | undefined> =>
    inputAt(from, await source.payloadOf(1), firstTaskOf(events));
  return (
    <RunView
      source={source}
      mark={<LiveMark state={state} />}
      actions={
        <>
          <RunOperations run={run} />
          <ExportRun of={of} run={run} workflow={workflow} />
          <RunAgain run={run} from="/" inputOf={inputOf} />
        </>
      }
      again={(key) => <RunAgain run={run} from={key} inputOf={inputOf} />}
    />
  );
}

/** What goes into the workflow goes into its first task. */
function firstTaskOf(events: readonly SequencedEvent[]): string | undefined {
  const [first] = events.flatMap(({ event }) => ('key' in event ? [event.key] : []));
  return first;
}

/** What went in at a task, as far as the record of the run's beginning tells. */
function inputAt(from: string, begun: Json | undefined, firstTask: string | undefined): Json | undefined {
  if (!isJsonObject(begun)) return undefined;
  const { edited, input } = begun;
  if (isJsonObject(edited) && edited['task'] === from) return edited['input'];
  return from === '/' || from === firstTask ? input : undefined;
}
