import type { SourceFile } from 'typescript/unstable/ast';
import { createVirtualFileSystem } from 'typescript/unstable/fs';
import { API } from 'typescript/unstable/sync';

/**
 * Takes the text of a module and what to do with its syntax, gives what comes of that. It is parsed by the compiler
 * that the project is checked with, and nothing that it imports is looked at. The compiler is a process of its own,
 * which may still say `context canceled` on the error stream as it is ended.
 */
export const withSource = <Result>(text: string, use: (source: SourceFile) => Result): Result => {
  const config = JSON.stringify({ compilerOptions: { noLib: true, noResolve: true, types: [] } });
  const api = new API({
    cwd: '/source',
    fs: createVirtualFileSystem({ '/source/tsconfig.json': config, '/source/file.ts': text }),
  });
  try {
    const snapshot = api.updateSnapshot({ openProjects: ['/source/tsconfig.json'] });
    const source = snapshot.getProject('/source/tsconfig.json')?.program.getSourceFile('/source/file.ts');
    if (source === undefined) throw new Error('The compiler gave no source');
    return use(source);
  } finally {
    api.close();
  }
};
