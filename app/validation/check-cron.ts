import { SandboxError } from '../../contracts/problems.js';
import { instantsOf } from '../../orchestrator/runtime/schedules/instants.js';

/** What is wrong with a cron expression; nothing when the schedules can keep it: they are asked, so the two cannot differ. */
export function checkCron(text: string): string | undefined {
  try {
    instantsOf({ cron: text }, new Date(0));
    return undefined;
  } catch (error) {
    if (error instanceof SandboxError) return error.detail;
    throw error;
  }
}
