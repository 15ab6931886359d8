import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Many runs at once hold many small objects for a moment longer than V8's young generation keeps them by itself; with
 * more room fewer are copied to the old one, and a process on services carries about an eighth more. V8 reads the size
 * only when a process starts, and the embedded profile has no memory to spare for it.
 */
export const YOUNG_GENERATION = '--max-semi-space-size=64';

const NAME = '--max-semi-space-size';

/** True when this process was started with a size of its own, this one or another. */
export function hasYoungGeneration(
  execArgv: readonly string[] = process.execArgv,
  nodeOptions = process.env['NODE_OPTIONS'] ?? '',
): boolean {
  return [...execArgv, ...nodeOptions.split(/\s+/)].some((option) =>
    option.replaceAll('_', '-').startsWith(NAME),
  );
}

/** Runs this same command line once more in a process with that room; answers its exit code. */
export async function runAgainWithYoungGeneration(): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, YOUNG_GENERATION, ...process.argv.slice(1)], {
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
