import type { Clock } from '../contracts/clock.js';
import type { DrainEnd } from '../contracts/drain-end.js';
import type { WorkspaceId } from '../contracts/ids.js';
import type { Logger } from '../contracts/logger.js';
import type { Runtime } from '../orchestrator/runtime/runtime.js';
import type { SandboxConfig } from './config.js';
import type { Countries } from './countries.js';
import type { UseCaseNews } from './watch-use-cases.js';

export interface SandboxOptions {
  readonly config: SandboxConfig;
  readonly logger: Logger;
  readonly realClock?: Clock;
  readonly environment?: NodeJS.ProcessEnv;
  /** Another folder than the project's own `usecases/`. */
  readonly useCaseFolder?: string;
  /** Public hosts that answer from elsewhere: for conformance kits, never for production. */
  readonly outboundHostMap?: Readonly<Record<string, string>>;
  /** Watches that folder, loads again what changes, and is told what became of it. */
  readonly watch?: (news: UseCaseNews) => void;
}

export interface Sandbox {
  /** Where it answers, such as http://127.0.0.1:4000. */
  readonly origin: string;
  readonly publicUrl: string;
  /** True when the workspace was empty, and was seeded, at this start. */
  readonly fresh: boolean;
  /** What carries documents, journal, queues and identity. */
  readonly description: Readonly<Record<string, string>>;
  /** Runs that were woken because a crash had left them in the middle. */
  readonly recovered: number;
  readonly runtime: Runtime;
  /** The use cases as the country of a workspace says them. */
  readonly countries: Countries;
  /** True while neither runs nor blocks have anything in hand: of this workspace, or of all. */
  quiet(workspace?: WorkspaceId): Promise<boolean>;
  /** One round of what is done every minute: mends, forgets what ended long ago, removes what expired. */
  takeCare(): Promise<void>;
  /** Takes nothing new and finishes what is in hand, within SANDBOX_DRAIN_SECONDS. */
  drain(): Promise<DrainEnd>;
  close(): Promise<void>;
}
