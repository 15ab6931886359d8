// Builds what changed: server sources file by file, the console, the database template. Plain JavaScript, since it
// runs before anything is built; no POSIX shell, since it runs on Windows too.
import { mkdir, readdir, readFile, rm, stat, writeFile, copyFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = join(root, 'dist');
const rooms = ['contracts', 'orchestrator', 'mocks', 'app', 'cli', 'infra'];
const assets = /\.(ya?ml|json|html|css)$/;

/** Brings `dist/` up to date; returns what was built. */
export async function build() {
  const server = await buildServer();
  const template = await buildTemplate();
  const webApp = await buildConsole();
  return { server, template, console: webApp };
}

async function buildServer() {
  const wanted = new Set();
  const stale = [];
  for (const room of rooms) {
    for (const source of await filesUnder(join(root, room))) {
      const path = relative(root, source);
      const code = /\.ts$/.test(path) && !/\.d\.ts$/.test(path);
      if (!code && !assets.test(path)) continue;
      const target = join(dist, code ? path.replace(/\.ts$/, '.js') : path);
      wanted.add(target);
      // Beside the code and not in it: each process would hold all of them in memory, twice.
      if (code) wanted.add(`${target}.map`);
      if (/openapi\.ya?ml$/.test(path)) wanted.add(builtDocument(target));
      if ((await changedAt(source)) > (await changedAt(target))) stale.push({ source, target, code });
    }
  }
  for (const room of rooms) {
    for (const built of await filesUnder(join(dist, room))) if (!wanted.has(built)) await rm(built);
  }
  if (stale.some(({ code }) => code)) {
    const { transform } = await import('@swc/core');
    const options = {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
      sourceMaps: true,
      inlineSourcesContent: false,
    };
    for (const { source, target, code } of stale) {
      await mkdir(dirname(target), { recursive: true });
      if (code) {
        const { code: output, map } = await transform(await readFile(source, 'utf8'), {
          ...options,
          filename: source,
          sourceFileName: relative(dirname(target), source),
        });
        await writeFile(target, `${output}//# sourceMappingURL=${basename(target)}.map\n`);
        await writeFile(`${target}.map`, map);
      } else await copyFile(source, target);
    }
  } else {
    for (const { source, target } of stale) {
      await mkdir(dirname(target), { recursive: true });
      await copyFile(source, target);
    }
  }
  for (const { source, target } of stale.filter((file) => /openapi\.ya?ml$/.test(file.source))) {
    const { parse } = await import('yaml');
    await writeFile(builtDocument(target), JSON.stringify(parse(await readFile(source, 'utf8'))));
  }
  return stale.length;
}

function builtDocument(target) {
  return target.replace(/\.ya?ml$/, '.built.json');
}

/** The empty database that first starts begin with: making one takes seconds and much memory, loading it does not. */
async function buildTemplate() {
  const file = join(dist, 'database-template.tar.gz');
  const makers = (await filesUnder(join(root, 'infra'))).filter(
    (path) => path.includes('embedded') && path.endsWith('.ts'),
  );
  const newest = Math.max(...(await Promise.all(makers.map(changedAt))));
  if ((await changedAt(file)) > newest) return false;
  const { buildTemplate: make } = await import(
    pathToFileURL(join(dist, 'infra/embedded/build-template.js')).href
  );
  await make(file);
  return true;
}

async function buildConsole() {
  const folder = join(root, 'console');
  const sources = (await filesUnder(folder)).filter((file) => !file.includes(`${join('console', 'dist')}`));
  if (sources.length === 0) return false;
  const newest = Math.max(...(await Promise.all(sources.map(changedAt))));
  const built = ['console/index.html', 'first-view/draw.js'].map((file) => changedAt(join(dist, file)));
  if (newest <= Math.min(...(await Promise.all(built)))) return false;
  const { createBuilder } = await import('vite');
  // Vite leaves NODE_ENV at `production`, and whoever starts in this process would read it as the user's word.
  const before = process.env.NODE_ENV;
  const config = { root: folder, configFile: join(folder, 'vite.config.ts'), logLevel: 'warn' };
  await (await createBuilder(config)).buildApp();
  if (before === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = before;
  return true;
}

async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function changedAt(file) {
  const found = await stat(file).catch(() => undefined);
  return found?.mtimeMs ?? 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const begun = performance.now();
  const built = await build();
  const parts = [
    built.server > 0 ? `${built.server} server files` : undefined,
    built.console ? 'the console' : undefined,
    built.template ? 'the database template' : undefined,
  ].filter((part) => part !== undefined);
  if (parts.length > 0)
    console.log(`Built ${parts.join(', ')} in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
}
