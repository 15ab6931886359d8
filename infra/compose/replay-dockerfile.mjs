// Carries out the Dockerfile without Docker: each stage is a folder; COPY copies, RUN runs there; what needs an image
// (users, folders at the root) is left out and named. Then the last stage is started by a user without rights, and its
// size printed. Usage: node infra/compose/replay-dockerfile.mjs [--keep FOLDER]
import { execFileSync, spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const NOBODY = 65534;
const kept = process.argv.indexOf('--keep');
const base = kept > 0 ? process.argv[kept + 1] : await mkdtemp(join(tmpdir(), 'govstack-image-'));
await mkdir(base, { recursive: true });

const lines = (await readFile(join(root, 'infra/compose/Dockerfile'), 'utf8'))
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const ignored = (await readFile(join(root, '.dockerignore'), 'utf8'))
  .split('\n')
  .filter((line) => line !== '');

let stage;
let entrypoint = [];
let command = [];
try {
  for (const line of lines) {
    const [instruction, ...words] = line.split(/\s+/);
    switch (instruction) {
      case 'FROM':
        stage = join(base, words.at(-1));
        await mkdir(stage);
        break;
      case 'COPY':
        await copy(words);
        break;
      case 'RUN':
        if (/(^|\s)\/(data|realm)\b/.test(line)) say(`left out: ${line}`);
        else {
          say(line);
          execFileSync('sh', ['-c', words.join(' ')], { cwd: stage, stdio: ['ignore', 'ignore', 'inherit'] });
        }
        break;
      case 'ENTRYPOINT':
        entrypoint = JSON.parse(words.join(' '));
        break;
      case 'CMD':
        command = JSON.parse(words.join(' '));
        break;
      case 'WORKDIR':
      case 'USER':
      case 'EXPOSE':
      case 'ENV':
      case 'STOPSIGNAL':
        break;
      default:
        throw new Error(`the replay does not know ${instruction}`);
    }
  }
  for (const part of ['node_modules', 'dist', 'usecases', '.']) say(`${sizeOf(join(stage, part))}  ${part}`);
  await start();
} finally {
  if (kept < 0) await rm(base, { recursive: true, force: true });
}

async function copy(words) {
  const from = words[0].startsWith('--from=') ? join(base, words.shift().slice('--from='.length)) : root;
  const target = join(stage, words.pop());
  for (const word of words) {
    // The WORKDIR of both stages.
    const source = join(from, word.replace(/^\/app\//, ''));
    const into =
      words.length > 1 || /^(package\.json|LICENSE)$/.test(relative(from, source))
        ? join(target, relative(from, source))
        : target;
    await cp(source, into, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => from !== root || !isIgnored(path),
    });
  }
}

/** The few forms that .dockerignore uses. */
function isIgnored(path) {
  const name = relative(root, path);
  return ignored.some((pattern) => {
    if (!pattern.startsWith('**/')) return name === pattern || name.startsWith(`${pattern}/`);
    const last = pattern.slice(3);
    return name
      .split('/')
      .some((part) => (last.startsWith('*') ? part.endsWith(last.slice(1)) : part === last));
  });
}

function sizeOf(path) {
  return execFileSync('du', ['-sh', path], { encoding: 'utf8' }).split('\t')[0].padStart(6);
}

/** As the image starts, on a free port and a data folder of its own, without rights where we have any to give away. */
async function start() {
  await chmod(base, 0o755);
  const data = await mkdtemp(join(tmpdir(), 'govstack-image-data-'));
  await chmod(data, 0o777);
  const [program, ...args] = [...entrypoint, ...command, '--exit'];
  const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const child = spawn(program, args, {
    cwd: stage,
    ...asNobody,
    stdio: 'inherit',
    env: {
      PATH: process.env.PATH,
      HOME: data,
      PORT: '0',
      SANDBOX_DATA: join(data, 'sandbox'),
    },
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  await rm(data, { recursive: true, force: true });
  say(
    `${[program, ...args].join(' ')}: exit code ${code}${asNobody.uid === undefined ? '' : ` as user ${NOBODY}`}`,
  );
  process.exitCode = code;
}

function say(line) {
  console.log(line);
}
