import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Returns a function that creates temporary folders, all removed after the tests of the file. */
export const temporaryFolders = (): (() => Promise<string>) => {
  const made: string[] = [];
  afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aftercare-'));
    made.push(folder);
    return folder;
  };
};
