import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The console is served by the sandbox itself: no CDN, no inlined code, so that a strict content policy fits. */
export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: ['chrome109', 'firefox115', 'safari16'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/auth', '/realms', '/blocks'].map((path) => [path, { target: 'http://localhost:4000' }]),
    ),
  },
});
