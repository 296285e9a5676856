import { posix } from 'node:path';
import type { SourceTree } from '../../support/sources/source-tree.ts';

/** A reader takes in a folder of this many files at a glance. Subfolders are not counted. */
export const maxFilesPerFolder = 15;

export const maxLinesPerFile = 250;

/** Files and folders that may be larger, each with its reason. */
type Exceptions = Readonly<Record<string, string>>;

export const largeFiles: Exceptions = {};

export const largeFolders: Exceptions = {};

const unneeded = (exceptions: Exceptions, large: readonly string[]): readonly string[] =>
  Object.keys(exceptions)
    .filter((path) => !large.includes(path))
    .map((path) => `${path} is an exception and no longer large`);

/** Folders with more files than a reader takes in, and exceptions that are no longer needed. */
export const folderSizeProblems = (
  tree: SourceTree,
  exceptions: Exceptions = largeFolders,
): readonly string[] => {
  const counts = new Map<string, number>();
  for (const path of tree.keys()) {
    const folder = posix.dirname(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const large = [...counts].filter(([, count]) => count > maxFilesPerFolder);
  return [
    ...large
      .filter(([folder]) => exceptions[folder] === undefined)
      .map(([folder, count]) => `${folder} has ${count} files, more than ${maxFilesPerFolder}`),
    ...unneeded(
      exceptions,
      large.map(([folder]) => folder),
    ),
  ];
};

const linesOf = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/** Files with more lines than a reader takes in, and exceptions that are no longer needed. */
export const fileSizeProblems = (
  tree: SourceTree,
  exceptions: Exceptions = largeFiles,
): readonly string[] => {
  const large = [...tree].filter(([, text]) => linesOf(text) > maxLinesPerFile);
  return [
    ...large
      .filter(([path]) => exceptions[path] === undefined)
      .map(([path, text]) => `${path} has ${linesOf(text)} lines, more than ${maxLinesPerFile}`),
    ...unneeded(
      exceptions,
      large.map(([path]) => path),
    ),
  ];
};
