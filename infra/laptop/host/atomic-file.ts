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

/** A write within one page is atomic, even when the process is killed during it. */
const maxInPlaceBytes = 4096;

const writeInPlace = (path: string, text: string): boolean => {
  let file: number;
  try {
    file = openSync(path, 'r+');
  } catch {
    return false;
  }
  try {
    const bytes = Buffer.from(text.padEnd(fstatSync(file).size));
    return bytes.length <= maxInPlaceBytes && writeSync(file, bytes, 0, bytes.length, 0) === bytes.length;
  } finally {
    closeSync(file);
  }
};

/**
 * Replaces a file's content atomically: after a kill it holds the old value or the new one. Small files are
 * overwritten in place, padded with blanks: the clock is written thousands of times, and each rename would wait
 * for the disk.
 */
export const writeJsonFile = (path: string, value: unknown): void => {
  const text = `${JSON.stringify(value)}\n`;
  if (writeInPlace(path, text)) return;
  mkdirSync(dirname(path), { recursive: true });
  const next = `${path}.next`;
  writeFileSync(next, text);
  renameSync(next, path);
};

/** Reads a JSON file; undefined when it is missing, is not JSON, or does not match the schema. */
export const readJsonFile = <T>(path: string, schema: z.ZodType<T>): T | undefined => {
  try {
    return schema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
};
