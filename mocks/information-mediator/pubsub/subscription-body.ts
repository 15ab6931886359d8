import { isJsonObject, type Json } from '../../../contracts/json.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { Subscription } from './state.js';

type Wishes = Pick<Subscription, 'delivery' | 'options' | 'callbackUrl'>;

/** What a subscriber asks for, over what was so before. The contract has been checked already. */
export function wishesOf(body: Json | undefined, before: Wishes): Wishes {
  const given = isJsonObject(body) ? body : {};
  const options = isJsonObject(given['options']) ? given['options'] : {};
  const callbackUrl = typeof given['callbackUrl'] === 'string' ? given['callbackUrl'] : before.callbackUrl;
  if (callbackUrl !== undefined && !(/^https?:\/\//i.test(callbackUrl) && URL.canParse(callbackUrl)))
    throw new SandboxError('GSB-REQ-001', { detail: '/body/callbackUrl: an http or https address' });
  return {
    delivery:
      given['delivery'] === 'PULL' || given['delivery'] === 'PUSH' ? given['delivery'] : before.delivery,
    options: {
      TTL: typeof options['TTL'] === 'number' ? options['TTL'] : before.options.TTL,
      FIFO: typeof options['FIFO'] === 'boolean' ? options['FIFO'] : before.options.FIFO,
    },
    ...(callbackUrl === undefined ? {} : { callbackUrl }),
  };
}

export const defaultWishes: Wishes = { delivery: 'PUSH', options: { TTL: 3_600, FIFO: false } };
