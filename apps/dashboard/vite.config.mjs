import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** With `npx vite apps/dashboard` the page is served from its sources, and figures from a server at this address. */
const SERVER = process.env.PERCORSO_URL ?? 'http://127.0.0.1:3000';

/** What the first view needs beside its entry; the browser fetches it together with the entry, not after it. */
const FIRST_VIEW = ['funnel-page', 'chart-card', 'echarts'];

/** Names in the page the scripts that the first view needs. */
const preload = {
  name: 'preload-first-view',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) =>
      Object.values(bundle)
        .filter(({ type, name }) => type === 'chunk' && FIRST_VIEW.includes(name))
        .map(({ fileName }) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', href: `/${fileName}` },
          injectTo: 'head',
        })),
  },
};

export default defineConfig({
  root: here('.'),
  logLevel: 'warn',
  plugins: [preload],
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
