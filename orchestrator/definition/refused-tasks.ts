/** What the language has and this sandbox does not run, and why. Found when a document is loaded, not when it runs. */
const refusals: Readonly<Record<string, string>> = {
  shell: 'a use case is data: running commands is refused',
  script: 'a use case is data: running scripts is refused',
  container: 'a use case is data: running containers is refused',
  asyncapi: 'asynchronous protocols are reached through the mediator: listen for events instead',
  grpc: 'building blocks speak HTTP: use call: openapi',
  a2a: 'agents are outside what this sandbox shows',
  mcp: 'agents are outside what this sandbox shows',
  http: 'a workflow never names a host: use call: openapi with govstack://<service>/openapi.json',
};

export interface Refusal {
  readonly path: readonly (string | number)[];
  readonly reason: string;
}

/** Every refused task in a document, wherever it is nested. */
export function findRefusals(value: unknown, path: readonly (string | number)[] = []): readonly Refusal[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => findRefusals(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([key, member]) => {
    const here = [...path, key];
    if (key === 'call' && typeof member === 'string' && refusals[member] !== undefined) {
      return [{ path: here, reason: `call: ${member} is refused: ${refusals[member]}` }];
    }
    if (key === 'run' && typeof member === 'object' && member !== null) {
      return Object.keys(member)
        .filter((kind) => refusals[kind] !== undefined)
        .map((kind) => ({
          path: [...here, kind],
          reason: `run: ${kind} is refused: ${refusals[kind] ?? ''}`,
        }));
    }
    // Data is not code: what stands under `set` or `with` may be named as it likes.
    return key === 'set' || key === 'with' || key === 'metadata' ? [] : findRefusals(member, here);
  });
}
