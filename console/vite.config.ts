import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { packFiles } from './build/pack-files.js';

const browsers = {
  outDir: '../dist/console',
  emptyOutDir: true,
  target: ['chrome109', 'firefox115', 'safari16'],
  assetsInlineLimit: 0,
  modulePreload: { polyfill: false },
  sourcemap: false,
  rollupOptions: {
    checks: { pluginTimings: false },
    output: {
      // Without a mark of their content: the sign-in pages, which are not built, name the fonts too.
      assetFileNames: ({ names }: { names: string[] }) =>
        names.some((name) => name.endsWith('.woff2'))
          ? 'fonts/[name][extname]'
          : 'assets/[name]-[hash][extname]',
    },
  },
};

/** The same pages, to be drawn by the sandbox before their code has come. Brings all that it needs: at run time there is no React. */
const server = {
  outDir: '../dist/first-view',
  emptyOutDir: true,
  ssr: true,
  copyPublicDir: false,
  rollupOptions: { input: 'src/first-view/draw.tsx', checks: { pluginTimings: false } },
};

/** The console is served by the sandbox itself: no CDN, no inlined code, so that a strict content policy fits. */
export default defineConfig({
  base: '/',
  plugins: [react(), packFiles()],
  builder: {},
  environments: {
    ssr: { build: server, resolve: { noExternal: true } },
    client: { build: browsers },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/auth', '/realms', '/blocks'].map((path) => [path, { target: 'http://localhost:4000' }]),
    ),
  },
});
