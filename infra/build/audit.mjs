// `npm run audit`: known holes in what is installed with the sandbox, its licences, and what runs when it is installed.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const lock = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));
const allowed =
  /^(?:MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|PostgreSQL|Unlicense|Python-2\.0)$/;
const installed = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true);
const nameOf = (path) => path.replace(/^.*node_modules\//, '');
/** `(MIT OR Apache-2.0)`: one of them is enough; `A AND B`: each counts. */
const isAllowed = (licence = '') =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((one) => one.split(' AND ').every((part) => allowed.test(part.trim())));
let failed = false;

process.stdout.write(`${installed.length} packages are installed with the sandbox.\n`);
for (const [path, { license, version }] of installed) {
  if (isAllowed(license)) continue;
  failed = true;
  process.stdout.write(`Licence to look at: ${nameOf(path)}@${version}: ${license ?? 'none is named'}\n`);
}
for (const [path, { hasInstallScript, version, optional }] of installed) {
  if (hasInstallScript !== true) continue;
  const note = optional === true ? 'optional: the sandbox runs without it' : 'needed';
  process.stdout.write(`Runs a script when it is installed: ${nameOf(path)}@${version} (${note})\n`);
}

const { status, stdout, stderr } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  cwd: fileURLToPath(root),
  encoding: 'utf8',
});
const answer = JSON.parse(stdout === '' ? '{}' : stdout);
if (answer.metadata?.vulnerabilities === undefined) {
  const why = answer.message ?? stderr.trim().split('\n')[0] ?? 'no answer';
  process.stdout.write(
    `Known holes: NOT CHECKED. The package registry in use does not answer questions about them (${why}).\n` +
      'This says nothing about whether there are any: run it again where https://registry.npmjs.org can be reached.\n',
  );
} else {
  process.stdout.write(`Known holes: ${JSON.stringify(answer.metadata.vulnerabilities)}\n`);
  if (status !== 0) failed = true;
}
process.exitCode = failed ? 1 : 0;
