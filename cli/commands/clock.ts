import { ApiRefusal } from '../api-client.js';
import { createAccess } from '../access.js';
import { paint } from '../paint.js';
import { readConfig } from '../../app/config.js';
import { SandboxError } from '../../contracts/problems.js';

export interface ClockOptions {
  readonly by?: string;
  readonly to?: string;
  readonly next?: boolean;
  readonly freeze?: boolean;
  readonly unfreeze?: boolean;
  /** Where the sandbox answers; PUBLIC_URL or PORT of this environment when absent. */
  readonly url?: string;
  readonly json?: boolean;
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
  const { publicUrl, keycloakUrl } = readConfig(process.env);
  const origin = (options.url ?? publicUrl).replace(/\/+$/, '');
  const answer = await asked(origin, async () => {
    const trainer = createAccess({ origin, realmOrigin: keycloakUrl }).as(await trainerAt(origin));
    return change === undefined
      ? trainer.get<ClockAnswer>('/clock')
      : trainer.post<ClockAnswer>('/clock', change);
  });
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

/** The running sandbox knows its personas; the first trainer is asked, as in the console. */
async function trainerAt(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/v1/personas`);
  const { personas } = (await response.json()) as {
    personas: readonly { readonly id: string; readonly roles: readonly string[] }[];
  };
  return personas.find(({ roles }) => roles.includes('trainer'))?.id ?? 'trainer';
}

async function asked(origin: string, ask: () => Promise<ClockAnswer>): Promise<ClockAnswer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ApiRefusal) throw refusalAsProblem(error);
    if (error instanceof SandboxError) throw error;
    throw new SandboxError('GSB-CFG-007', {
      detail: `No sandbox answers at ${origin}. Start one with sandbox up, or name another address with --url.`,
      cause: error,
    });
  }
}

function refusalAsProblem({ status, message }: ApiRefusal): SandboxError {
  const code = status === 409 ? 'GSB-REQ-003' : status === 403 ? 'GSB-AUT-002' : 'GSB-REQ-001';
  return new SandboxError(code, { detail: message });
}

function told({ now, state, offset, nextTimer, fired }: ClockAnswer): string {
  const lines = [
    `${paint('bold', now)} (${state}; ${offset} from the machine's clock)`,
    ...(fired === undefined ? [] : [`${fired} ${fired === 1 ? 'timer' : 'timers'} came due on the way`]),
    nextTimer === null ? 'Nothing waits for a date.' : `Next: ${nextTimer.due}, ${nextTimer.what}`,
  ];
  return `${lines.join('\n')}\n`;
}
