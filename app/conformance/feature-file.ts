import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { SandboxError } from '../../contracts/problems.js';

/**
 * Features in Gherkin: the grammar of the specification's conformance kit. What a scenario inherits (background,
 * examples, tags of its feature) is resolved here, so that the rest only knows scenarios that are lists of steps.
 */
export interface Feature {
  readonly name: string;
  readonly file: string;
  readonly scenarios: readonly Scenario[];
}

export interface Scenario {
  readonly feature: string;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** With their `@`, those of the feature included. */
  readonly tags: readonly string[];
  readonly steps: readonly Step[];
}

export interface Step {
  /** Without its keyword: `given the workflow input is:` where the feature says `And given the workflow input is:`. */
  readonly text: string;
  readonly line: number;
  /** The doc string below it. */
  readonly argument?: string;
}

/** Parses a feature; GSB-DEF-001 with file and line when it is none. */
export function parseFeature(source: string, file: string): Feature {
  let last = 0;
  const newId = (): string => String((last += 1));
  const parser = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher());
  const document = parse();
  const lines = linesById(document);
  const name = document.feature?.name ?? '';
  return {
    name,
    file,
    scenarios: compile(document, file, newId).map((pickle) => ({
      feature: name,
      name: pickle.name,
      file,
      line: lineOf(pickle.astNodeIds),
      tags: pickle.tags.map((tag) => tag.name),
      steps: pickle.steps.map((step) => {
        const argument = step.argument?.docString?.content;
        return {
          text: step.text,
          line: lineOf(step.astNodeIds),
          ...(argument === undefined ? {} : { argument }),
        };
      }),
    })),
  };

  function parse(): ReturnType<typeof parser.parse> {
    try {
      return parser.parse(source);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new SandboxError('GSB-DEF-001', { detail: `${file}: ${reason}`, cause: error });
    }
  }

  /** The last id is that of the example's row, where there is one. */
  function lineOf(ids: readonly string[]): number {
    return lines.get(ids.at(-1) ?? '') ?? 0;
  }
}

/** The line of everything in a document that has an id. */
function linesById(node: unknown, found = new Map<string, number>()): Map<string, number> {
  if (typeof node !== 'object' || node === null) return found;
  const { id, location } = node as { readonly id?: unknown; readonly location?: { readonly line?: number } };
  if (typeof id === 'string' && location?.line !== undefined) found.set(id, location.line);
  for (const member of Object.values(node)) linesById(member, found);
  return found;
}
