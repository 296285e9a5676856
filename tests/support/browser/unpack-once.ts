import { access, mkdtemp, rename, rm } from 'node:fs/promises';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Fills `home` with `unpack` unless it exists. Unpacks into a unique folder beside it and renames that, so `home` is
 * complete whenever it exists: a killed run leaves nothing that a later run waits for or uses. Of several processes
 * that unpack at the same time, the first to finish wins and the others discard their copy.
 */
export const unpackOnce = async (home: string, unpack: (folder: string) => Promise<void>): Promise<void> => {
  if (await exists(home)) return;
  const aside = await mkdtemp(`${home}-`);
  try {
    await unpack(aside);
    await rename(aside, home).catch(async (error: unknown) => {
      if (!(await exists(home))) throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
};
