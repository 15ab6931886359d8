import { Composer, isAlias, LineCounter, Parser, visit, type CST, type Document, type Node } from 'yaml';
import type { Limits } from './limits.js';

/** A document, its lines, and what each of its aliases stands for. */
export interface ParsedYaml {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly targets: ReadonlyMap<Node, Node>;
  readonly mistakes: readonly YamlMistake[];
}

export interface YamlMistake {
  readonly code: string;
  readonly reason: string;
  readonly offset: number;
}

export type Unparsed = { readonly tooDeep: number } | { readonly tooManyAliases: number };

/**
 * Parses YAML 1.2 in two stages: tokens first, since composing them recurses, and a text nested some thousand levels deep
 * would bring the whole process down there (yaml 2.9: the regular expression engine runs out of stack, fatally).
 * A number of aliases is no parsed document either: `tooDeep` and `tooManyAliases` are offsets into the text.
 */
export function parseYaml(text: string, limits: Limits): ParsedYaml | (Unparsed & { lines: LineCounter }) {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const { aliases, ...excess } = measure(tokens, limits);
  if ('tooDeep' in excess || 'tooManyAliases' in excess) return { ...excess, lines };
  const composer = new Composer({
    lineCounter: lines,
    merge: true,
    schema: 'core',
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  if (document === undefined) throw new Error('The YAML parser gave no document');
  const mistakes = document.errors.map(({ code, message, pos }) => ({
    code,
    reason: message.split('\n')[0] ?? '',
    offset: pos[0],
  }));
  if (second !== undefined)
    mistakes.push({
      code: 'MULTIPLE_DOCS',
      reason: 'a second document begins here; give each a file of its own',
      offset: second.range[0],
    });
  const targets = new Map<Node, Node>();
  for (const offset of aliases === 0 ? [] : linkAliases(document, targets))
    mistakes.push({ code: 'BAD_ALIAS', reason: 'no anchor of that name stands before this alias', offset });
  return { document, lines, targets, mistakes };
}

function measure(
  tokens: readonly CST.Token[],
  limits: Limits,
): (Unparsed | object) & { readonly aliases: number } {
  const open: { token: CST.Token | null | undefined; depth: number }[] = tokens.map((token) => ({
    token,
    depth: 0,
  }));
  let aliases = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (token === null || token === undefined) continue;
    if (depth > limits.depth) return { tooDeep: token.offset, aliases };
    if (token.type === 'alias') aliases += 1;
    if (aliases > limits.aliases) return { tooManyAliases: token.offset, aliases };
    if ('items' in token)
      for (const item of token.items) {
        if ('key' in item) open.push({ token: item.key, depth: depth + 1 });
        open.push({ token: item.value, depth: depth + 1 });
      }
    else if (token.type === 'document') open.push({ token: token.value, depth });
  }
  return { aliases };
}

/** Finds the target of each alias: the last anchor of that name before it. Gives the places of those without one. */
function linkAliases(document: Document, targets: Map<Node, Node>): readonly number[] {
  const anchors = new Map<string, Node>();
  const lost: number[] = [];
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target === undefined) lost.push(node.range?.[0] ?? 0);
        else targets.set(node, target);
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return lost;
}
