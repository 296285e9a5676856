import { defineConfig } from 'vitest/config';

/** Each kind of test is a project; `npm test -- --project unit` runs one of them. */
const project = (name: string, timeout: number, isolate = true) => ({
  extends: true as const,
  test: {
    name,
    include: [`tests/${name}/**/*.test.{ts,tsx}`],
    testTimeout: timeout,
    hookTimeout: timeout,
    isolate,
  },
});

export default defineConfig({
  test: {
    // The default leaves one core free, which is half of a small machine.
    maxWorkers: '100%',
    projects: [
      // Loading a module once in each worker, not once for each file, halves the time. No test changes a module's state.
      project('unit', 30_000, false),
      project('contract', 60_000),
      project('functions', 60_000),
      project('infra', 120_000, false),
      project('e2e', 120_000),
      project('simulation', 120_000),
    ],
    coverage: {
      provider: 'v8',
      include: ['shared/{protocol,care,outcomes,counting}/**'],
      exclude: ['**/aws/**'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
});
