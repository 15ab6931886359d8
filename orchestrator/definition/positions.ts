import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { SandboxError } from '../../contracts/problems.js';

/** YAML with places: problems are reported as file, line and column. */
export interface Positioned {
  readonly value: unknown;
  /** `file:line:column` of what stands at a path, or of the nearest thing above it. */
  readonly at: (path: readonly PropertyKey[]) => string;
}

/** Parses YAML; GSB-DEF-001 with the line when it is none. */
export function parseYaml(text: string, file: string): Positioned {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new SandboxError('GSB-DEF-001', {
      detail: `${file}:${line}:${col}: ${error.message.split('\n')[0] ?? ''}`,
    });
  }
  return {
    value: document.toJS({ maxAliasCount: 1000 }) as unknown,
    at: (path) => placeOf(document, lines, file, path),
  };
}

function placeOf(document: Document, lines: LineCounter, file: string, path: readonly PropertyKey[]): string {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      const { line, col } = lines.linePos(node.range[0]);
      return `${file}:${line}:${col}`;
    }
  }
  return file;
}
