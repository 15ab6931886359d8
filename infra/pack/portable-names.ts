/**
 * What a name must be to lie on any stick: FAT knows neither these characters nor these names, takes `A` and `a` for the
 * same file, and Windows' programs give up on paths of more than 260 characters, drive and folder included.
 */
const forbidden = /[<>:"|?*\\\p{Cc}]|[ .]$/u;
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
export const LONGEST_PATH = 160;

/** Says of each path below the folder that could not be carried why not; paths have slashes. */
export function unportable(paths: readonly string[]): readonly string[] {
  const seen = new Map<string, string>();
  return paths.flatMap((path) => {
    const why: string[] = [];
    if (path.length > LONGEST_PATH) why.push(`${path}: ${path.length} characters, more than ${LONGEST_PATH}`);
    if (path.split('/').some((part) => forbidden.test(part) || reserved.test(part)))
      why.push(`${path}: a name that Windows does not know`);
    const folded = path.toLowerCase();
    const rival = seen.get(folded);
    if (rival !== undefined) why.push(`${path}: the same as ${rival} where case does not count`);
    seen.set(folded, path);
    return why;
  });
}
