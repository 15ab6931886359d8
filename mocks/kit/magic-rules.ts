import { magicRule, matchText, type MagicTable } from './magic.js';
import { casesOf, ruleOf, type Rule, type RuleCatalogue } from './rules.js';

/** The status that an outcome has at these operations. */
export interface MagicAnswer {
  readonly status: number;
  /** By operationId. */
  readonly operations: readonly string[];
}

/** The same for each row, or by outcome: then a row that is added does not compile until it says how it answers. */
export type MagicAnswers<O extends string> =
  readonly MagicAnswer[] | Readonly<Record<O, readonly MagicAnswer[]>>;

/**
 * The rules by which the rows of a magic table answer. An answer to several rows at once, as batches give, names all
 * their outcomes in one rule: `magic:bounced,deferred`.
 */
export function magicRules<O extends string>(
  { values }: Pick<MagicTable<O>, 'values'>,
  answers: MagicAnswers<O>,
): RuleCatalogue {
  const entries = values.map(({ match, outcome, explanation }): [string, readonly Rule[]] => {
    const when = `Magic value \`${matchText(match)}\`: ${explanation.replace(/\.$/, '')}`;
    const given = answersTo(outcome, answers);
    return [magicRule(outcome), given.map(({ status, operations }) => ruleOf(status, when, operations))];
  });
  return joinRules(...entries.map((entry) => Object.fromEntries([entry])));
}

/** One catalogue of several; what two of them say about a rule stands side by side. */
export function joinRules(...catalogues: readonly RuleCatalogue[]): RuleCatalogue {
  const joined: Record<string, readonly Rule[]> = {};
  for (const [rule, cases] of catalogues.flatMap((one) => Object.entries(one)))
    joined[rule] = [...(joined[rule] ?? []), ...casesOf(cases)];
  return joined;
}

function answersTo<O extends string>(outcome: O, answers: MagicAnswers<O>): readonly MagicAnswer[] {
  return isSame(answers) ? answers : answers[outcome];
}

function isSame<O extends string>(answers: MagicAnswers<O>): answers is readonly MagicAnswer[] {
  return Array.isArray(answers);
}
