// `npm run sandbox -- <command>`: the command line, after building what changed.
const { build } = await import('./build.mjs');
await build();
await import('../../dist/cli/main.js');
