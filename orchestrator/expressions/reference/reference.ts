import { loadJq, type Jq } from 'jq-wasm';
import type { Json } from '../../../contracts/json.js';
import { ExpressionError } from '../expression-error.js';
import { tokenize } from '../syntax/tokens.js';
import type { Token } from '../syntax/token.js';
import { mentioned, prelude } from './prelude.js';
import { refusal } from './refusals.js';

/** jq itself, compiled to WebAssembly: complete, and slow (about 0.75 ms for each call). */
export interface Reference {
  /** All outputs. Throws ExpressionError. */
  evaluateAll(program: string, input: Json, variables: Readonly<Record<string, Json>>): readonly Json[];
}

/** The part of a loaded jq that is used here. */
export type JqInstance = Pick<Jq, 'json'> & {
  /** It ends by itself, with an error named JqDeadline, what goes on for too long; see infra/expressions. */
  readonly bounded?: boolean;
};

/**
 * Loads jq. An instance whose memory is damaged (RuntimeError, for instance on very deep data) is never used again:
 * a spare takes its place at once, and a new spare is loaded meanwhile.
 */
export async function createReference(load: () => Promise<JqInstance> = () => loadJq()): Promise<Reference> {
  let [current, spare] = await Promise.all<JqInstance | undefined>([load(), load()]);

  function replace(): void {
    current = spare;
    spare = undefined;
    void load().then(
      (fresh) => {
        if (current === undefined) current = fresh;
        else spare = fresh;
      },
      () => undefined,
    );
  }

  return {
    evaluateAll(program, input, variables) {
      const tokens = readTokens(program);
      if (current === undefined) throw new ExpressionError(program, 'the evaluator is being restarted');
      const reason = refusal(tokens, current.bounded === true);
      if (reason !== undefined) throw new ExpressionError(program, reason);
      const names = [...mentioned(tokens, 'variable'), '__now'].filter((name) =>
        Object.hasOwn(variables, name),
      );
      const document = JSON.stringify({
        v: Object.fromEntries(names.map((name) => [name, variables[name]])),
        d: input,
      });
      try {
        return current.json<Json>(document, prelude(tokens, variables) + program);
      } catch (error) {
        if (isJqError(error)) throw new ExpressionError(program, reasonOf(error.stderr), { cause: error });
        if (isNamed(error, 'JqDeadline'))
          throw new ExpressionError(program, 'took too long', { cause: error });
        // One that ends by itself also begins anew by itself.
        if (current.bounded !== true) replace();
        throw new ExpressionError(
          program,
          'the evaluator gave up; the data may be too large, or nested too deeply',
          {
            cause: error,
          },
        );
      }
    },
  };
}

function readTokens(program: string): readonly Token[] {
  try {
    return tokenize(program);
  } catch (error) {
    throw new ExpressionError(
      program,
      `it cannot be read: ${error instanceof Error ? error.message : 'an unknown place'}`,
      {
        cause: error,
      },
    );
  }
}

function isJqError(error: unknown): error is Error & { readonly stderr: string } {
  return isNamed(error, 'JqError');
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** What jq says, without its own prefix, and without positions, which count from before the program. */
function reasonOf(stderr: string): string {
  const runtime = /jq: error \(at [^)]*\)(?: \(not a string\))?: ([\s\S]*)/.exec(stderr)?.[1];
  if (runtime !== undefined) return runtime.trim();
  const compile = /jq: error: (.*?)(?: at <top-level>.*)?$/m.exec(stderr)?.[1];
  return compile ?? stderr.trim();
}
