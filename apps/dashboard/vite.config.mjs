import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** With `npx vite apps/dashboard` the page is served from its sources, and figures from a server at this address. */
const SERVER = process.env.PERCORSO_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: here('.'),
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../../dist/apps/dashboard'),
    emptyOutDir: true,
    target: 'es2022',
    // All charts share one library; it comes after the page stands.
    chunkSizeWarningLimit: 800,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/v1': SERVER, '/status': SERVER } },
});
