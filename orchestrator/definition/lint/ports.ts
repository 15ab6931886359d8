/** What lint needs of other rooms; handed in by the composition root. All of them answer with a reason, or nothing. */
export interface LintPorts {
  /** The jq program of a text that is wholly one runtime expression. */
  programOf(text: string): string | undefined;
  /** What is wrong with a jq program that may use these variables (without `$`). It is never run. */
  checkExpression(program: string, variables: readonly string[]): string | undefined;
  checkCron(text: string): string | undefined;
  /** Whether a JSON Schema (2020-12) can be compiled. */
  checkJsonSchema(schema: unknown): string | undefined;
  /** Functions of the catalog `default`, by name. */
  readonly defaultFunctions: readonly string[];
}
