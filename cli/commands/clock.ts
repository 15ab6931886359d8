import { asTrainer, type RemoteOptions } from '../as-trainer.js';
import { paint } from '../paint.js';
import { SandboxError } from '../../contracts/problems.js';

export interface ClockOptions extends RemoteOptions {
  readonly by?: string;
  readonly to?: string;
  readonly next?: boolean;
  readonly freeze?: boolean;
  readonly unfreeze?: boolean;
}

interface ClockAnswer {
  readonly now: string;
  readonly state: 'running' | 'frozen' | 'moving';
  readonly offset: string;
  readonly nextTimer: { readonly due: string; readonly what: string } | null;
  readonly fired?: number;
}

/** `sandbox clock`: tells, moves, freezes or unfreezes the clock of a running sandbox, as a trainer. */
export async function clock(options: ClockOptions): Promise<void> {
  const change = changeOf(options);
  const answer = await asTrainer(options, (trainer) =>
    change === undefined ? trainer.get<ClockAnswer>('/clock') : trainer.post<ClockAnswer>('/clock', change),
  );
  process.stdout.write(options.json === true ? `${JSON.stringify(answer)}\n` : told(answer));
}

/** What the API is asked for; undefined: only to tell. GSB-REQ-001 for more than one wish at once. */
function changeOf({ by, to, next, freeze, unfreeze }: ClockOptions): object | undefined {
  const changes = [
    ...(by === undefined ? [] : [{ by }]),
    ...(to === undefined ? [] : [{ to }]),
    ...(next === true ? [{ next: true }] : []),
    ...(freeze === true ? [{ freeze: true }] : []),
    ...(unfreeze === true ? [{ unfreeze: true }] : []),
  ];
  if (changes.length < 2) return changes[0];
  throw new SandboxError('GSB-REQ-001', {
    detail: 'Give one of --by, --to, --next, --freeze, --unfreeze, not several.',
  });
}

function told({ now, state, offset, nextTimer, fired }: ClockAnswer): string {
  const lines = [
    `${paint('bold', now)} (${state}; ${offset} from the machine's clock)`,
    ...(fired === undefined ? [] : [`${fired} ${fired === 1 ? 'timer' : 'timers'} came due on the way`]),
    nextTimer === null ? 'Nothing waits for a date.' : `Next: ${nextTimer.due}, ${nextTimer.what}`,
  ];
  return `${lines.join('\n')}\n`;
}
