import { inflateSync } from 'node:zlib';

/** What a PDF that Chromium printed says, without spaces, and how many pages it has. */
export function readPdf(file: Buffer): { readonly pages: number; readonly text: string } {
  const source = file.toString('latin1');
  const objects = new Map(
    [...source.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', body = '']) => [id, body]),
  );
  const letters = new Map(
    [...objects].flatMap(([id, body]) => {
      const map = /\/ToUnicode (\d+) 0 R/.exec(body)?.[1];
      return map === undefined ? [] : [[id, lettersOf(streamOf(objects.get(map) ?? ''))] as const];
    }),
  );
  const text = [...objects.values()]
    .map(streamOf)
    .filter((stream) => stream.includes(' Tf'))
    .map((stream) => shownIn(stream, letters))
    .join('');
  return { pages: source.match(/\/Type \/Page\b/g)?.length ?? 0, text };
}

function streamOf(body: string): string {
  const data = /stream\r?\n([\s\S]*?)\r?\nendstream/.exec(body)?.[1];
  if (data === undefined || !body.includes('/FlateDecode')) return '';
  return inflateSync(Buffer.from(data, 'latin1'), { finishFlush: 2 }).toString('latin1');
}

/** Glyph numbers are those of a font that holds only the letters that were used. */
function lettersOf(cmap: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const [, block = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph = '', letter = ''] of block.matchAll(/<(\w+)> <(\w+)>/g))
      found.set(parseInt(glyph, 16), letterOf(letter));
  for (const [, block = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', to = '', letter = ''] of block.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g))
      for (let at = parseInt(from, 16); at <= parseInt(to, 16); at += 1)
        found.set(at, String.fromCharCode(parseInt(letter, 16) + at - parseInt(from, 16)));
  return found;
}

function letterOf(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le');
}

function shownIn(stream: string, letters: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let font: ReadonlyMap<number, string> | undefined;
  let said = '';
  for (const [, name, glyphs] of stream.matchAll(/\/F(\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>/g)) {
    if (name !== undefined) font = letters.get(name);
    else
      for (const glyph of glyphs?.match(/.{4}/g) ?? []) said += font?.get(parseInt(glyph, 16))?.trim() ?? '';
  }
  return said;
}
