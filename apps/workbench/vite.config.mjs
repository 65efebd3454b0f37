/**
 * The workbench's build: dist/workbench, with hashed names under assets/ that may be kept for ever, and one index.html that may not.
 *
 * JSX is the compiler's own (react-jsx of tsconfig.json). Our libs have no effects on being imported, and saying so keeps
 * decimal.js out of the browser: there is no division here.
 */
import { join } from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

export default defineConfig(({ command }) => ({
  root,
  // Whoever builds under another NODE_ENV (a test, a shell that has one) would get React's slow half.
  define: command === 'build' ? { 'process.env.NODE_ENV': '"production"' } : {},
  build: {
    outDir: join(root, '../../dist/workbench'),
    emptyOutDir: true,
    target: ['chrome120', 'firefox120', 'safari17.4'],
    // A policy without unsafe-* allows no inline styles or data: scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !/\/libs\/[a-z-]+\//.test(id) },
      // "use client" of packages that servers render: it means nothing here.
      onLog: (level, log, say) => void (log.code === 'MODULE_LEVEL_DIRECTIVE' || say(level, log)),
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4180' } },
}));
