/**
 * A task instance is named by a JSON pointer into the document, with marks for what the pointer cannot say:
 * `@n` the n-th visit (from 2 on), `for#n` the iteration, `try#n` the attempt. So `/do/3/each/for#12/do/0/send@2`.
 */
export function childKey(parent: string, index: number, name: string, visit: number): string {
  const key = `${parent}/${index}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return visit > 1 ? `${key}@${visit}` : key;
}

/** The JSON pointer of the task in its document. */
export function pointerOf(key: string): string {
  return key.replace(/[@#]\d+(?=\/|$)/g, '');
}

/** The key of an effect whatever the attempt: retries of one call are one effect (the Idempotency-Key is made of this). */
export function effectKey(key: string): string {
  return key.replace(/\/try#\d+(?=\/)/g, '/try');
}

/** Whether `key` is `ancestor` or lies below it. */
export function isWithin(key: string, ancestor: string): boolean {
  return key === ancestor || key.startsWith(`${ancestor}/`) || key.startsWith(`${ancestor}!`);
}

/** The name of the task that a key stands for, or of the timer at it. */
export function nameOf(key: string): string {
  const [path = '', timer] = key.split('!');
  const name = pointerOf(path).split('/').at(-1) ?? '';
  const plain = name.replaceAll('~1', '/').replaceAll('~0', '~');
  return timer === undefined ? plain : `${plain} (${timer.replace(/\d+$/, '')})`;
}

/** Keys of the same task in the attempts before this one, latest first. */
export function earlierAttempts(key: string): readonly string[] {
  const match = /^(.*\/try)#(\d+)(\/(?!.*\/try#).*)$/.exec(key);
  if (match === null) return [];
  const [, before = '', attempt = '1', after = ''] = match;
  const earlier: string[] = [];
  for (let n = Number(attempt) - 1; n >= 1; n -= 1) earlier.push(`${before}${n > 1 ? `#${n}` : ''}${after}`);
  return earlier;
}
