import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isJsonObject } from '../../contracts/json.js';
import type { LintPorts } from '../../orchestrator/definition/lint/ports.js';
import { ExpressionError, type Evaluator } from '../../orchestrator/expressions/evaluator.js';
import { isExpression, unwrap } from '../../orchestrator/expressions/template.js';
import { checkCron } from './check-cron.js';

/** Functions that the runtime and the tasks offer under `@default`. */
export const defaultFunctions = [
  'humanTask',
  'moveCase',
  'openCase',
  'claim',
  'settleClaims',
  'person',
  'rememberPerson',
] as const;

/** What validation needs of the other rooms. */
export function createLintPorts(evaluator: Evaluator): LintPorts {
  return {
    programOf: (text) => (isExpression(text) ? unwrap(text) : undefined),
    checkExpression: (program, variables) => checkExpression(evaluator, program, variables),
    checkCron,
    checkJsonSchema: createSchemaCheck(),
    defaultFunctions,
  };
}

/**
 * Has the program compiled, twice and never run: a text that closes one of the wrappings around it (`1) | (2`) does not
 * fit the other.
 */
function checkExpression(
  evaluator: Evaluator,
  program: string,
  variables: readonly string[],
): string | undefined {
  if (program.trim() === '') return 'it is empty';
  const known = Object.fromEntries(variables.map((name) => [name, null]));
  for (const wrapped of [`empty | (${program}\n)`, `if false then ${program}\nelse empty end`]) {
    try {
      evaluator.evaluateAll(wrapped, null, known);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return error.reason;
    }
  }
  return undefined;
}

/** Whether a JSON Schema compiles. Keeps what it said: documents and forms repeat themselves. */
function createSchemaCheck(): LintPorts['checkJsonSchema'] {
  const ajv = new Ajv2020({ strict: false, logger: false });
  addFormats.default(ajv);
  const said = new Map<string, string | undefined>();
  const check = (schema: unknown): string | undefined => {
    if (typeof schema !== 'boolean' && !isJsonObject(schema)) return 'it must be a mapping';
    try {
      ajv.compile(schema);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      // The next document may use the same $id for something else.
      ajv.removeSchema();
    }
  };
  return (schema) => {
    const text = JSON.stringify(schema);
    if (said.has(text)) return said.get(text);
    if (said.size >= 500) said.clear();
    const reason = check(schema);
    said.set(text, reason);
    return reason;
  };
}
