import type { SourceFile } from 'typescript/unstable/ast';
import { createVirtualFileSystem } from 'typescript/unstable/fs';
import { API } from 'typescript/unstable/sync';
import type { SourceTree } from './source-tree.ts';

/**
 * Parses modules with the compiler that the project is checked with, without following their imports, and returns what
 * `use` makes of each. The syntax is only valid during the call. The compiler is a process of its own, which may still
 * write `context canceled` to the error stream as it ends.
 */
export const fromSources = <Result>(
  tree: SourceTree,
  use: (source: SourceFile, path: string) => Result,
): readonly Result[] => {
  const config = JSON.stringify({
    compilerOptions: { noLib: true, noResolve: true, types: [], jsx: 'preserve' },
  });
  const files = Object.fromEntries([...tree].map(([path, text]) => [`/source/${path}`, text]));
  const api = new API({
    cwd: '/source',
    fs: createVirtualFileSystem({ ...files, '/source/tsconfig.json': config }),
  });
  try {
    const snapshot = api.updateSnapshot({ openProjects: ['/source/tsconfig.json'] });
    const program = snapshot.getProject('/source/tsconfig.json')?.program;
    return [...tree.keys()].map((path) => {
      const source = program?.getSourceFile(`/source/${path}`);
      if (source === undefined) throw new Error(`The compiler has no source of ${path}`);
      return use(source, path);
    });
  } finally {
    api.close();
  }
};
