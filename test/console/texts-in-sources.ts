import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface SourceText {
  readonly file: string;
  /** `{}` stands for what the code puts in. */
  readonly text: string;
  /** The member whose value it is, such as `detail`. */
  readonly member: string | undefined;
}

/** Every text in the sources of the server, from its string literals and templates. */
export function textsInSources(): readonly SourceText[] {
  return ['contracts', 'orchestrator', 'app', 'mocks'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => textsIn(`${folder}/${name}`)),
  );
}

function textsIn(file: string): readonly SourceText[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: SourceText[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined) found.push({ file, text, member: memberOf(node.parent) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
}

function memberOf(parent: ts.Node): string | undefined {
  const named = ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent);
  return named && ts.isIdentifier(parent.name) ? parent.name.text : undefined;
}
