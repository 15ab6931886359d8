import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Block, BlockDeps, BlockResponse, BlockSeeds, Method } from '../../contracts/block.js';
import { workspaceIdSchema, type WorkspaceId } from '../../contracts/ids.js';
import type { Json } from '../../contracts/json.js';
import { testDeps, WORKSPACE } from './kit/test-deps.js';

/**
 * What holds for the state of every building block, whatever it keeps: what is written is read back, listed, updated
 * and deleted through the block's own operations, stays within its workspace, and is still there when the block is
 * made anew over the same documents. A block says once how each thing it keeps is handled.
 */
export interface KeptThing {
  /** What it is, for the test's name. */
  readonly name: string;
  /** Writes one and answers what names it later: an identifier, or whatever the block gave. */
  create(call: Call): Promise<string>;
  /** What the block says of it; undefined when it says that there is none. */
  read(call: Call, id: string): Promise<Json | undefined>;
  /** The thing as `read` must answer it after `create`: matched, not compared as a whole. */
  readonly created: object;
  /** Where the block offers a list: whether it is in there. */
  list?(call: Call, id: string): Promise<boolean>;
  /** Where it can be changed, with what `read` must answer afterwards. */
  readonly update?: { run(call: Call, id: string): Promise<void>; readonly expected: object };
  /** Where it can be removed; afterwards it is neither read nor listed. */
  delete?(call: Call, id: string): Promise<void>;
}

export interface Call {
  (method: Method, path: string, parts?: CallParts): Promise<BlockResponse>;
}

export interface CallParts {
  readonly body?: Json;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface StateSuiteOptions {
  readonly create: (deps: BlockDeps) => Block;
  readonly seeds?: BlockSeeds;
  readonly headers?: Readonly<Record<string, string>>;
  /** Further dependencies, such as what plays the other blocks; made once per test. */
  readonly deps?: () => Partial<BlockDeps>;
  readonly things: readonly KeptThing[];
}

const OTHER: WorkspaceId = workspaceIdSchema.parse('other');

export function stateSuite(name: string, options: StateSuiteOptions): void {
  describe(`state of ${name}`, () => {
    let deps: BlockDeps;
    let block: Block;
    beforeEach(async () => {
      ({ deps } = testDeps(options.deps?.()));
      block = options.create(deps);
      for (const workspace of [WORKSPACE, OTHER]) await block.reset(workspace, options.seeds ?? {});
    });
    afterEach(() => deps.documents.close());

    const callTo =
      (of: Block, workspace: WorkspaceId): Call =>
      (method, path, { body, query = {}, headers = {} } = {}) =>
        of.handle(workspace, {
          method,
          path,
          query,
          headers: { ...options.headers, ...headers },
          ...(body === undefined ? {} : { body }),
        });

    describe.each(options.things.map((thing) => [thing.name, thing] as const))('%s', (_name, thing) => {
      it('is read back as it was written, and listed', async () => {
        const call = callTo(block, WORKSPACE);
        const id = await thing.create(call);
        expect(await thing.read(call, id)).toMatchObject(thing.created);
        if (thing.list) expect(await thing.list(call, id)).toBe(true);
      });

      if (thing.update)
        it('is changed', async () => {
          const call = callTo(block, WORKSPACE);
          const id = await thing.create(call);
          await thing.update?.run(call, id);
          expect(await thing.read(call, id)).toMatchObject(thing.update?.expected ?? {});
        });

      if (thing.delete)
        it('is gone once it is deleted', async () => {
          const call = callTo(block, WORKSPACE);
          const id = await thing.create(call);
          await thing.delete?.(call, id);
          expect(await thing.read(call, id)).toBeUndefined();
          if (thing.list) expect(await thing.list(call, id)).toBe(false);
        });

      it('stays within its workspace', async () => {
        const call = callTo(block, WORKSPACE);
        const elsewhere = callTo(block, OTHER);
        const id = await thing.create(call);
        expect(await thing.read(elsewhere, id)).toBeUndefined();
        if (thing.list) expect(await thing.list(elsewhere, id)).toBe(false);
        if (thing.delete) {
          await thing.delete(elsewhere, id).catch(() => undefined);
          expect(await thing.read(call, id)).toMatchObject(thing.created);
        }
        await block.reset(OTHER, options.seeds ?? {});
        expect(await thing.read(call, id)).toMatchObject(thing.created);
      });

      it('survives a restart, and is gone after a reset', async () => {
        const id = await thing.create(callTo(block, WORKSPACE));
        const again = options.create(deps);
        const call = callTo(again, WORKSPACE);
        expect(await thing.read(call, id)).toMatchObject(thing.created);
        if (thing.list) expect(await thing.list(call, id)).toBe(true);
        if (thing.update) {
          await thing.update.run(call, id);
          expect(await thing.read(callTo(options.create(deps), WORKSPACE), id)).toMatchObject(
            thing.update.expected,
          );
        }
        await again.reset(WORKSPACE, options.seeds ?? {});
        expect(await thing.read(call, id)).toBeUndefined();
      });
    });
  });
}

/** The body of an answer with one of these statuses; anything else fails the test with the answer. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a typed view of a JSON answer
export function expectBody<T = Json>(answer: BlockResponse, ...statuses: readonly number[]): T {
  const wanted = statuses.length === 0 ? [200] : statuses;
  if (!wanted.includes(answer.status)) throw new Error(`unexpected answer ${JSON.stringify(answer)}`);
  return answer.body as unknown as T;
}
