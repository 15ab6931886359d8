import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import type { Exchange } from '../../../contracts/exchange.js';
import { Calls } from '../case/calls.js';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import { isJsonObject } from '../model/json.js';
import { pointerIn, type TaskPosition } from '../model/run-position.js';
import { wordsOf } from '../model/words.js';
import { Said } from '../ui/said.js';
import { ToldError } from '../ui/told.js';
import { CopyCall } from './copy-call.js';
import type { RunSource } from './run-source.js';

interface TaskDetailProps {
  readonly source: RunSource;
  readonly texts: UseCaseTexts;
  readonly pointer: string | undefined;
  readonly position: TaskPosition | undefined;
  readonly again: ((key: string) => ReactNode) | undefined;
}

/** The task that was chosen in the picture: how it stands, what went in and came out, whom it asked. */
export function TaskDetail({ source, texts, pointer, position, again }: TaskDetailProps): ReactElement {
  const { t } = useI18n();
  if (pointer === undefined) return <p className="quiet">{t('run.choose')}</p>;
  const name = pointer.split('/').at(-1) ?? '';
  if (position === undefined) {
    return (
      <div className="card">
        <p className="run-name">{wordsOf(name)}</p>
        <p className="quiet">{t('run.notReached')}</p>
      </div>
    );
  }
  const of = source.events.filter(({ seq }) => position.events.includes(seq));
  const last = of.at(-1)?.event;
  const narration = last !== undefined && 'narration' in last ? last.narration : undefined;
  const failed = of.findLast(({ event }) => event.type === 'task.faulted')?.event;
  const calls = source.exchanges.filter(({ exchange }) => madeIn(pointer, exchange));
  const { copyOf } = source;
  return (
    <div className="card">
      <p className="run-name">
        <Said said={texts.narration(narration, name)} />
      </p>
      <p className="entry-facts">
        <span className="badge">{t(`standing.${position.standing}`)}</span>
        <span>{t('run.times', { n: position.count })}</span>
      </p>
      <code dir="ltr">{position.key}</code>
      {failed?.type !== 'task.faulted' ? null : (
        <p className="entry-error" dir="auto">
          <ToldError error={failed.error} />
        </p>
      )}
      <Payload
        title={t('run.input')}
        source={source}
        seq={of.findLast(({ event }) => event.type === 'task.started')?.seq}
        member="args"
      />
      <Payload
        title={t('run.output')}
        source={source}
        seq={of.findLast(({ event }) => event.type === 'task.completed')?.seq}
        member="output"
      />
      {calls.length === 0 ? null : (
        <>
          <p className="small-title">{t('run.calls')}</p>
          <Calls
            exchanges={calls.map(({ exchange }) => exchange)}
            texts={texts}
            bodies={(exchange) => source.bodiesOf(exchange.id)}
            {...(copyOf === undefined
              ? {}
              : {
                  more: ({ id }: Exchange) =>
                    calls
                      .filter(({ exchange }) => exchange.id === id)
                      .map(({ seq }) => <CopyCall key={seq} run={source.run.id} seq={seq} copyOf={copyOf} />),
                })}
          />
        </>
      )}
      {again?.(position.key)}
    </div>
  );
}

/** A part that several workflows share is one task of the picture, with all that happens in it. */
function madeIn(pointer: string, { origin }: Exchange): boolean {
  return origin !== undefined && `${pointerIn(origin.taskKey)}/`.startsWith(`${pointer}/`);
}

function Payload({
  title,
  source,
  seq,
  member,
}: {
  readonly title: string;
  readonly source: RunSource;
  readonly seq: number | undefined;
  readonly member: 'args' | 'output';
}): ReactElement | null {
  const { t } = useI18n();
  const { data } = useQuery({
    queryKey: ['run-payload', source.run.id, seq],
    queryFn: async () => ({ payload: await source.payloadOf(seq ?? 0) }),
    enabled: seq !== undefined,
    staleTime: Infinity,
  });
  if (seq === undefined || data === undefined) return null;
  const { payload } = data;
  return (
    <>
      <p className="small-title">{title}</p>
      {isJsonObject(payload) && payload[member] !== undefined ? (
        <pre className="body" dir="ltr" tabIndex={0} role="group" aria-label={title}>
          {JSON.stringify(payload[member], undefined, 2)}
        </pre>
      ) : (
        <p className="quiet">
          {isJsonObject(payload) && payload['same'] === true
            ? t('run.same')
            : source.copyOf === undefined
              ? t('run.hidden')
              : t('run.noInput')}
        </p>
      )}
    </>
  );
}
