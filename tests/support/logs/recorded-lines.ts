import { vi } from 'vitest';

/** Runs something and returns the lines that it wrote to standard output, as Lambda would store them. */
export const recordedLines = async (run: () => unknown): Promise<readonly string[]> => {
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    await run();
  } finally {
    spy.mockRestore();
  }
  return written.join('').split('\n').slice(0, -1);
};
