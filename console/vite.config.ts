import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { packFiles } from './build/pack-files.js';

/** The console is served by the sandbox itself: no CDN, no inlined code, so that a strict content policy fits. */
export default defineConfig({
  base: '/',
  plugins: [react(), packFiles()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: ['chrome109', 'firefox115', 'safari16'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rollupOptions: {
      output: {
        // Without a mark of their content: the sign-in pages, which are not built, name the fonts too.
        assetFileNames: ({ names }) =>
          names.some((name) => name.endsWith('.woff2'))
            ? 'fonts/[name][extname]'
            : 'assets/[name]-[hash][extname]',
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/auth', '/realms', '/blocks'].map((path) => [path, { target: 'http://localhost:4000' }]),
    ),
  },
});
