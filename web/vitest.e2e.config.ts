import { defineConfig } from 'vitest/config';

/** Drives the built product in a browser: one after the other, on machines that have other work. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 400_000,
    hookTimeout: 400_000,
  },
});
