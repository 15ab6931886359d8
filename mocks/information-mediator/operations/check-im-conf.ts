import type { CreateOperation } from './state.js';

/** GET /api/v1/status: a mediator that answers is configured, since its directory is made before it starts. */
export const createCheckImConf: CreateOperation = () => () => Promise.resolve({ status: 200, rule: 'up' });
