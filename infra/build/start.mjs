// `npm start`: refuses an old Node in one sentence, builds what changed, and hands over to the command line.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    'This Node.js is too old: it is ' +
      process.versions.node +
      ', and the sandbox needs 20.19 or later.\n' +
      '→ Install Node.js 20.19 or later. [GSB-CFG-006]',
  );
  process.exit(3);
}
const { build } = await import('./build.mjs');
await build();
process.argv.splice(2, 0, 'up');
await import('../../dist/cli/main.js');
