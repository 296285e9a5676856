import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unpackOnce } from '../../support/browser/unpack-once.ts';
import { temporaryFolders } from '../../support/labs/temporary-folder.ts';

const newFolder = temporaryFolders();
const newHome = async (): Promise<string> => join(await newFolder(), 'browser');

const unpackBoth = async (folder: string): Promise<void> => {
  await writeFile(join(folder, 'first'), '1');
  await writeFile(join(folder, 'second'), '2');
};

const filesIn = async (folder: string): Promise<readonly string[]> => (await readdir(folder)).toSorted();

/** Writes the first of two files and never goes on: what a run leaves that is killed while it unpacks. */
const killedWhileUnpacking = (home: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const unpacking = unpackOnce(home, async (folder) => {
      await writeFile(join(folder, 'first'), '1');
      resolve();
      await new Promise(() => undefined);
    });
    unpacking.catch(reject);
  });

describe('unpacking once', () => {
  it('fills a new folder, and leaves an existing one alone', async () => {
    const home = await newHome();
    await unpackOnce(home, unpackBoth);
    expect(await filesIn(home)).toEqual(['first', 'second']);
    await unpackOnce(home, () => Promise.reject(new Error('unpacked again')));
  });

  it('is not disturbed by what a killed run left', async () => {
    const home = await newHome();
    await killedWhileUnpacking(home);
    await expect(readdir(home)).rejects.toThrow('ENOENT');
    await unpackOnce(home, unpackBoth);
    expect(await filesIn(home)).toEqual(['first', 'second']);
  });

  it('leaves no folder behind when unpacking fails, and can be tried again', async () => {
    const home = await newHome();
    const failing = async (folder: string): Promise<void> => {
      await writeFile(join(folder, 'first'), '1');
      throw new Error('disk full');
    };
    await expect(unpackOnce(home, failing)).rejects.toThrow('disk full');
    expect(await filesIn(join(home, '..'))).toEqual([]);
    await unpackOnce(home, unpackBoth);
    expect(await filesIn(home)).toEqual(['first', 'second']);
  });

  it('keeps one complete copy when several processes unpack at the same time', async () => {
    const home = await newHome();
    const copies = ['a', 'b', 'c'];
    await Promise.all(
      copies.map((copy) =>
        unpackOnce(home, async (folder) => {
          await unpackBoth(folder);
          await writeFile(join(folder, 'copy'), copy);
        }),
      ),
    );
    expect(await filesIn(join(home, '..'))).toEqual(['browser']);
    expect(await filesIn(home)).toEqual(['copy', 'first', 'second']);
    expect(copies).toContain(await readFile(join(home, 'copy'), 'utf8'));
  });
});
