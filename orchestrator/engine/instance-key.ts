/**
 * A task instance is named by a JSON pointer into the document, with marks for what the pointer cannot say:
 * `@n` the n-th visit (from 2 on), `*n` the n-th time it is done after a compensation undid it, `for#n` the iteration,
 * `foreach#n` the event, `try#n` the attempt. So `/do/3/each/for#12/do/0/send@2`. Tasks from `use` lie below the task
 * that needs them: `/function/<name>`, `/compensate/<name>`, `/before/<index>/<extension>/0/<name>`, `/after/...`. The
 * tasks of a shared part lie at `/run` below the task that performs it: `/do/3/prove/run/do/0/askCode`.
 */
export function childKey(parent: string, index: number, name: string, visit: number): string {
  const key = `${parent}/${index}/${escaped(name)}`;
  return visit > 1 ? `${key}@${visit}` : key;
}

/** A segment of a JSON pointer, RFC 6901. */
export function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

const beyondPointer = /[@#*]|\/(?:function|compensate|before|after)\//;

/** The JSON pointer of the task in its document. Walked from the start, since tasks may be named as they like. */
export function pointerOf(key: string): string {
  if (!beyondPointer.test(key)) return key;
  const [, ...segments] = key.split('/');
  let pointer = '';
  let at = 0;
  const next = (): string => segments[at++] ?? '';
  const entry = (): void => {
    if (at >= segments.length) return;
    pointer += `/${next()}`;
    if (at < segments.length) pointer += `/${withoutMarks(next())}`;
  };
  while (at < segments.length) {
    const head = next().replace(/#\d+$/, '');
    switch (head) {
      case 'for':
        // Iterations lie in the task's own `do`, which follows.
        break;
      case 'run':
        // The tasks of a shared part lie in the part's own `do`, which follows.
        pointer += '/run';
        break;
      case 'function':
      case 'compensate':
        pointer = `/use/functions/${next()}`;
        break;
      case 'before':
      case 'after':
        pointer = `/use/extensions/${next()}/${next()}/${head}`;
        entry();
        break;
      case 'fork':
      case 'catch':
      case 'foreach':
        pointer += `/${head}`;
        if (at < segments.length) pointer += `/${next()}`;
        entry();
        break;
      default:
        pointer += `/${head}`;
        entry();
    }
  }
  return pointer;
}

function withoutMarks(name: string): string {
  return name.replace(/(?:[@*]\d+)+$/, '');
}

/** The key of an effect whatever the attempt: retries of one call are one effect (the Idempotency-Key is made of this). */
export function effectKey(key: string): string {
  return key.replace(/\/try#\d+(?=\/)/g, '/try');
}

/** Whether `key` is `ancestor` or lies below it. Everything lies below the run itself, the empty key. */
export function isWithin(key: string, ancestor: string): boolean {
  return key === ancestor || key.startsWith(`${ancestor}/`) || key.startsWith(`${ancestor}!`);
}

/** The name of the task that a key stands for, or of the timer at it. */
export function nameOf(key: string): string {
  const [path = '', timer] = key.split('!');
  const name = withoutMarks(path.split('/').at(-1) ?? '');
  const plain = name.replaceAll('~1', '/').replaceAll('~0', '~');
  return timer === undefined ? plain : `${plain} (${timer.replace(/\d+$/, '')})`;
}

/** Keys of the same task in the attempts before this one, latest first. */
export function earlierAttempts(key: string): readonly string[] {
  if (!key.includes('/try#')) return [];
  const match = /^(.*\/try)#(\d+)(\/(?!.*\/try#).*)$/.exec(key);
  if (match === null) return [];
  const [, before = '', attempt = '1', after = ''] = match;
  const earlier: string[] = [];
  for (let n = Number(attempt) - 1; n >= 1; n -= 1) earlier.push(`${before}${n > 1 ? `#${n}` : ''}${after}`);
  return earlier;
}
