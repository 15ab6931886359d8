/** The YAML files of a folder of the use case, by name. */
export function inFolder(files: ReadonlyMap<string, string>, folder: string): [string, string][] {
  return [...files]
    .filter(([path]) => path.startsWith(`${folder}/`) && /\.ya?ml$/.test(path))
    .sort(([one], [other]) => one.localeCompare(other));
}

/** `forms/appeal.yaml` is the form `appeal`. */
export function stem(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.ya?ml$/, '');
}
