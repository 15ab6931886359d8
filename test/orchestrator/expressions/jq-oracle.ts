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

/** The machine as workflows see it: without an environment, and with the instant that they are given. */
export const instant = 1_700_000_000.25;
export const surroundings = `{} as $ENV | def env: {}; def now: ${instant}; `;

export interface Question {
  readonly program: string;
  readonly input: Json;
  readonly variables: Readonly<Record<string, Json>>;
}

/**
 * Many programs in one call, because most of the time of a call goes into reading jq's own builtins. Undefined where a
 * program has to be asked by itself: one of the batch does not compile, or breaks off what is around it.
 */
export async function createBatchOracle(): Promise<
  (questions: readonly Question[]) => readonly (Verdict | undefined)[]
> {
  const jq = await loadJq();
  return (questions) => {
    const program = questions.map(({ program: text, variables }, at) => {
      const bindings = Object.keys(variables).map((name) => `$q.v.${name} as $${name} | `);
      return `(.[${at}] as $q | ${bindings.join('')}${surroundings}$q.d | try {o: [${text}]} catch {e: true})`;
    });
    const document = JSON.stringify(questions.map(({ input, variables }) => ({ v: variables, d: input })));
    try {
      const [answers] = jq.json<readonly ({ readonly o?: readonly Json[] } | undefined)[]>(
        document,
        `[${program.join(', ')}]`,
      );
      return questions.map((_, at) => {
        const answer = answers?.[at];
        if (answer === undefined || answers?.length !== questions.length) return undefined;
        return answer.o === undefined ? { error: 'failed' } : { outputs: answer.o };
      });
    } catch {
      return questions.map(() => undefined);
    }
  };
}
