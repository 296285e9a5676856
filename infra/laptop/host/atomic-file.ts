import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type * as z from 'zod';

/** One write of up to a page happens whole or not at all, whenever the process is killed. */
const pageBytes = 4096;

const writeInPlace = (path: string, text: string): boolean => {
  let file: number;
  try {
    file = openSync(path, 'r+');
  } catch {
    return false;
  }
  try {
    const bytes = Buffer.from(text.padEnd(fstatSync(file).size));
    return bytes.length <= pageBytes && writeSync(file, bytes, 0, bytes.length, 0) === bytes.length;
  } finally {
    closeSync(file);
  }
};

/**
 * Takes a path and a value, replaces the file's content: whoever reads it after a kill sees the old one or the
 * new. A small file is written over in place (blanks fill it up), since a rename makes the disk wait and the
 * clock is written thousands of times.
 */
export const writeJsonFile = (path: string, value: unknown): void => {
  const text = `${JSON.stringify(value)}\n`;
  if (writeInPlace(path, text)) return;
  mkdirSync(dirname(path), { recursive: true });
  const next = `${path}.next`;
  writeFileSync(next, text);
  renameSync(next, path);
};

/** Takes a path and a schema, gives the content; undefined when the file is missing or not what it should be. */
export const readJsonFile = <T>(path: string, schema: z.ZodType<T>): T | undefined => {
  try {
    return schema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
};
