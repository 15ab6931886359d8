/** A file that a tutorial has its reader write: `<!-- edit FILE -->`, then the box with all of it. */
export interface Edit {
  readonly file: string;
  readonly text: string;
}

/** The files of a page, in its order. */
export function editsIn(page: string): readonly Edit[] {
  return [...page.matchAll(/<!-- edit (\S+) -->\n\n```yaml\n([\s\S]*?)\n```/g)].map(
    ([, file = '', text = '']) => ({
      file,
      text: `${text}\n`,
    }),
  );
}
