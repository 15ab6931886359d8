/** What the server says of itself at /metrics, as far as load runs read it. */
export interface ServerPart {
  /** Requests of the API so far by upper bound in seconds, each bound with all below it. */
  readonly withinSeconds: ReadonlyMap<number, number>;
  /** Processor time of the process, in seconds. */
  readonly processorSeconds: number;
  /** Resident memory, in bytes. */
  readonly memory: number;
}

const BUCKET = /^sandbox_http_request_duration_seconds_bucket\{(.*)\} (\S+)$/;

export async function readServerPart(origin: string): Promise<ServerPart> {
  const lines = (await (await fetch(`${origin}/metrics`)).text()).split('\n');
  const withinSeconds = new Map<number, number>();
  for (const line of lines) {
    const [, labels = '', count = '0'] = BUCKET.exec(line) ?? [];
    if (!/route="[^"]*\/api\/v1\//.test(labels)) continue;
    const bound = Number(/le="([^"]+)"/.exec(labels)?.[1]?.replace('+Inf', 'Infinity'));
    withinSeconds.set(bound, (withinSeconds.get(bound) ?? 0) + Number(count));
  }
  const single = (name: string): number =>
    Number(lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1] ?? Number.NaN);
  return {
    withinSeconds,
    processorSeconds: single('process_cpu_seconds_total'),
    memory: single('process_resident_memory_bytes'),
  };
}

/** How many requests came between two looks, and the smallest bound in milliseconds within which that share of them lies. */
export function requestsBetween(
  before: ServerPart,
  after: ServerPart,
): { readonly count: number; within(share: number): number } {
  const bounds = [...after.withinSeconds.keys()].sort((one, other) => one - other);
  const upTo = (bound: number): number =>
    (after.withinSeconds.get(bound) ?? 0) - (before.withinSeconds.get(bound) ?? 0);
  const count = upTo(Infinity);
  return {
    count,
    within: (share) => 1_000 * (bounds.find((bound) => upTo(bound) >= share * count) ?? Infinity),
  };
}
