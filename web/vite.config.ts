import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { budget } from './build/budget.ts';
import { precompress } from './build/precompress.ts';
import { unusedParts } from './build/unused-parts.ts';
import { unusedShaders } from './build/unused-shaders.ts';

/** Where a running AirLens answers while someone works on the dashboard. */
const api = process.env['AIRLENS_URL'] ?? 'http://127.0.0.1:8080';
const proxy = { '/api': api, '/livez': api, '/readyz': api };

export default defineConfig({
  plugins: [svelte(), unusedParts(), unusedShaders(), budget(), precompress()],
  build: {
    outDir: 'target/classes/org/airlens/web',
    emptyOutDir: true,
    target: 'es2022',
    // The Content-Security-Policy knows no data: scripts or styles, and small files cache well too.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
  server: { host: '127.0.0.1', proxy },
  preview: { host: '127.0.0.1', proxy },
  test: { include: ['src/**/*.test.ts', 'grafana/**/*.test.ts'], environment: 'node' },
});
