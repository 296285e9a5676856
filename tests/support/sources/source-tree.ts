import { readdir, readFile } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';

/** Source text by path. Paths are relative to the root of the project and written with `/`. */
export type SourceTree = ReadonlyMap<string, string>;

export const projectRoot = join(import.meta.dirname, '../../..');

/** Reads every `.ts` and `.tsx` file below the folders. */
export const readSourceTree = async (folders: readonly string[], root = projectRoot): Promise<SourceTree> => {
  const paths = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(root, folder), { recursive: true }))
        .filter((path) => /\.tsx?$/.test(path) && !path.includes('node_modules'))
        .map((path) => `${folder}/${path.split(sep).join('/')}`),
    ),
  );
  return new Map(
    await Promise.all(
      paths.flat().map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const),
    ),
  );
};

/** Literals are matched only so that what looks like a comment inside one is not taken for a comment. */
const tokens =
  /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*(?:\n[ \t]*\/\/[^\n]*)*/g;

const isComment = (token: string): boolean => token.startsWith('//') || token.startsWith('/*');

/** The comments of a module; adjacent `//` lines count as one comment. */
export const commentsIn = (text: string): readonly string[] =>
  [...text.matchAll(tokens)].map(([token]) => token).filter(isComment);

/** The text without its comments. */
export const withoutComments = (text: string): string =>
  text.replace(tokens, (token) => (isComment(token) ? ' ' : token));

/** The text without comments and without the content of quoted strings. Template literals stay. */
export const codeOf = (text: string): string =>
  text.replace(tokens, (token) => {
    if (isComment(token)) return ' ';
    return token.startsWith('`') ? token : "''";
  });

/** `isType` is true of `import type` and `export type`, which leave nothing behind at run time. */
export type Import = { readonly specifier: string; readonly isType: boolean };

const statement =
  /\b(import|export)\s+(type\s+)?([\w$*\s,]*(?:\{[^}]*\})?\s*)from\s*(['"])([^'"\s]+)\4|\bimport\s*(['"])([^'"\s,]+)\6|\bimport\s*\(\s*(['"`])([^'"`\s]+)\8/g;

/** True when every name in the braces is marked `type`, as in `import { type A, type B }`. */
const namesOnlyTypes = (clause: string): boolean => {
  const names = /^\s*\{([^}]*)\}\s*$/.exec(clause)?.[1]?.split(',') ?? [];
  const written = names.map((name) => name.trim()).filter((name) => name !== '');
  return written.length > 0 && written.every((name) => name.startsWith('type '));
};

/** What a module imports or re-exports: static, dynamic, `export … from` and type imports. */
export const importsOf = (text: string): readonly Import[] =>
  [...withoutComments(text).matchAll(statement)].map(
    ([, , type, clause = '', , named, , forEffect, , dynamic]) => ({
      specifier: named ?? forEffect ?? dynamic ?? '',
      isType: type !== undefined || namesOnlyTypes(clause),
    }),
  );

/** The path that a relative specifier leads to; undefined for a package. */
export const targetOf = (from: string, specifier: string): string | undefined =>
  specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), specifier)) : undefined;
