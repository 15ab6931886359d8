import { canonicalJson, type Json } from '../../../contracts/json.js';
import type { EffectOutcome } from '../../../contracts/catalog-function.js';
import { nameOfKey, pointerOf, standardError } from '../../engine/index.js';
import type { AdvanceDeps } from '../advance.js';
import type { EarlierRuns } from './earlier-runs.js';

type Perform = AdvanceDeps['perform'];

/** Lets the world recognise the effects of a repeated run: their keys, their doubts, the ids of their events. */
export function recognisably(perform: Perform, earlier: EarlierRuns): Perform {
  return async (effect, origin) => {
    const { workspace, origin: repeated } = origin.run;
    if (repeated === undefined) return perform(effect, origin);
    switch (effect.kind) {
      case 'call': {
        const before = await earlier.begun(workspace, repeated, effect.key);
        const [first] = before;
        const once = effect.task.metadata?.sandbox?.once === true;
        if (once && first !== undefined && canonicalJson(first.args) !== canonicalJson(effect.args))
          return onceOnly(effect.key, first.runId);
        const identity = await earlier.identity(workspace, repeated, effect);
        return perform(
          { ...effect, doubtful: effect.doubtful || before.length > 0 },
          { ...origin, identity },
        );
      }
      case 'emit': {
        const before = await earlier.begun(workspace, repeated, effect.key);
        const same = before.findLast(({ args }) => saysTheSame(args, effect.event));
        const event = same === undefined ? effect.event : (same.args as unknown as typeof effect.event);
        return perform({ ...effect, event }, origin);
      }
      case 'run':
      case 'timer':
        return perform(effect, origin);
    }
  };
}

/** Whoever has received the first one ignores a second one of its id. */
function saysTheSame(before: Json | undefined, event: object): boolean {
  const said = (one: object): string => canonicalJson({ ...one, id: null, time: null });
  return typeof before === 'object' && before !== null && said(before) === said(event);
}

function onceOnly(key: string, before: string): EffectOutcome {
  const detail = `${nameOfKey(key)} may be done once only (metadata.sandbox.once), and run ${before} asked for something else here. Run it again from a later task, or as a new case.`;
  return { kind: 'error', error: standardError('runtime', pointerOf(key), detail, { status: 409 }).error };
}
