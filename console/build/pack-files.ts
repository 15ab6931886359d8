import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const PACKABLE = /\.(js|css|html|svg|txt)$/;

/** Lays a `.br` and a `.gz` beside each text that was built, as small as they get: packing each answer anew would cost too much. */
export function packFiles(): Plugin {
  return {
    name: 'pack-files',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    async writeBundle({ dir = '' }) {
      const names = await readdir(dir, { recursive: true });
      for (const name of names.filter((one) => PACKABLE.test(one))) {
        const file = join(dir, name);
        const text = await readFile(file);
        const size = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
        await writeFile(`${file}.br`, brotliCompressSync(text, { params: size }));
        await writeFile(`${file}.gz`, gzipSync(text, { level: 9 }));
      }
    },
  };
}
