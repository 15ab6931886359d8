import type { Json } from '../../../../contracts/json.js';

export interface OracleCase {
  readonly program: string;
  readonly input: Json;
  readonly variables?: Readonly<Record<string, Json>>;
  /** Both fail; the wording is not promised. */
  readonly vague?: boolean;
}

/** The same input for several programs. */
export function on(input: Json, ...programs: readonly string[]): OracleCase[] {
  return programs.map((program) => ({ program, input }));
}

export function withVariables(
  variables: Readonly<Record<string, Json>>,
  ...programs: readonly string[]
): OracleCase[] {
  return programs.map((program) => ({ program, input: null, variables }));
}

export function failing(input: Json, ...programs: readonly string[]): OracleCase[] {
  return programs.map((program) => ({ program, input, vague: true }));
}
