import type { HumanTask } from './human-task.js';
import type { Principal } from './identity.js';
import type { Json } from './json.js';

/** Makes the JWS over an Attestation that a completed task yields. */
export type AttestationSigner = (
  task: HumanTask,
  principal: Principal,
  data: Json,
  at: string,
) => Promise<string>;
