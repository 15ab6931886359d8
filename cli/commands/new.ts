import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SandboxError } from '../../contracts/problems.js';
import { scaffold } from '../new/scaffold.js';

export interface NewOptions {
  readonly title?: string;
  readonly dir: string;
  readonly json?: boolean;
}

/** `sandbox new`: a small, complete use case to change. Refuses ids that are none, and folders that exist. GSB-REQ-001, -003. */
export async function createUseCase(id: string, options: NewOptions): Promise<void> {
  const title = (options.title ?? titleOf(id)).trim();
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > 40)
    throw new SandboxError('GSB-REQ-001', {
      detail: `"${id}" is no id of a use case: at most 40 lower-case letters and digits, words joined by hyphens, such as market-permit.`,
    });
  if (title === '' || title.length > 80 || /[\p{Cc}\p{Cf}]/u.test(title))
    throw new SandboxError('GSB-REQ-001', { detail: 'A title has 1 to 80 characters on one line.' });
  const folder = resolve(options.dir, id);
  if ((await stat(folder).catch(() => undefined)) !== undefined)
    throw new SandboxError('GSB-REQ-003', { detail: `${folder} exists already; nothing was changed.` });
  const files = await scaffold(id, title);
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, { flag: 'wx' });
  }
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ folder, files: [...files.keys()].sort() })}\n`);
    return;
  }
  process.stdout.write(
    [
      `${title}: ${files.size} files in ${folder}. Training, not real.`,
      `  sandbox validate ${join(options.dir, id)}`,
      `  sandbox run ${id}`,
      '',
    ].join('\n'),
  );
}

function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} (training)`;
}
