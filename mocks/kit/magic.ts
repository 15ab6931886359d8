import type { BlockId } from '../../contracts/block.js';
import { SandboxError, toProblemDocument, type ProblemCode } from '../../contracts/problems.js';
import type { OperationAnswer } from './block-definition.js';

/**
 * Magic values: what people write into a form or a request decides what a mock does. Each block has its tables in
 * `outcomes.ts`; the documentation is made of them, and a test walks each row of each table.
 */
export interface MagicTable<O extends string = string> {
  readonly block: BlockId;
  readonly title: string;
  /** In which fields the values are looked for, and what every other value does. */
  readonly where: string;
  readonly values: readonly MagicValue<O>[];
}

export interface MagicValue<O extends string = string> {
  /** All that is given must hold. */
  readonly match: MagicMatch;
  readonly outcome: O;
  /** What happens, and where it shows. */
  readonly explanation: string;
}

export interface MagicMatch {
  readonly begins?: string;
  readonly ends?: string;
  readonly is?: string;
}

/** The first row that fits the text; undefined for every text that means nothing special. */
export function magicOf<O extends string>(
  { values }: MagicTable<O>,
  text: string | undefined,
): MagicValue<O> | undefined {
  return text === undefined ? undefined : values.find(({ match }) => fits(match, text));
}

function fits({ begins, ends, is }: MagicMatch, text: string): boolean {
  if (is !== undefined) return text === is;
  return (begins === undefined || text.startsWith(begins)) && (ends === undefined || text.endsWith(ends));
}

/** As people read it: `9…0021`. */
export function matchText({ begins = '', ends = '', is }: MagicMatch): string {
  return is ?? `${begins}…${ends}`;
}

/** For the header X-Sandbox-Rule. */
export function magicRule(...outcomes: readonly string[]): string {
  return `magic:${[...new Set(outcomes)].sort().join(',')}`;
}

/** A refusal that a magic value asks for, as problem+json. */
export function magicRefusal(
  outcome: string,
  { code, status, detail }: { readonly code: ProblemCode; readonly status: number; readonly detail: string },
): OperationAnswer {
  return {
    status,
    rule: magicRule(outcome),
    headers: { 'content-type': 'application/problem+json' },
    body: { ...toProblemDocument(new SandboxError(code, { detail })), status },
  };
}
