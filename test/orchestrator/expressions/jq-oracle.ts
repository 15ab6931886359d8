import { loadJq } from 'jq-wasm';
import type { Json } from '../../../contracts/json.js';

export interface Verdict {
  readonly outputs?: readonly Json[];
  readonly error?: string;
}

/** jq itself, with the variables bound in the plainest way. */
export async function createOracle(): Promise<
  (program: string, input: Json, variables?: Readonly<Record<string, Json>>) => Verdict
> {
  const jq = await loadJq();
  return (program, input, variables = {}) => {
    const bindings = Object.keys(variables).map((name) => `.v.${name} as $${name} | `);
    const { stdout, stderr, exitCode } = jq.raw(
      JSON.stringify({ v: variables, d: input }),
      `${bindings.join('')}.d | ${program}`,
      ['-c'],
    );
    if (exitCode !== 0) {
      const reason =
        /jq: error(?: \(at [^)]*\))?(?: \(not a string\))?: ([\s\S]*)/.exec(stderr)?.[1] ?? stderr;
      return { error: reason.replace(/ at <top-level>[\s\S]*/, '').trim() };
    }
    return { outputs: stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Json])) };
  };
}
