import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

export type CompressingProxy = { readonly origin: string; readonly stop: () => void };

/** Starts a proxy on a free local port that gzips the pages of `target`, as the CDN does for the functions. GET only. */
export const startCompressingProxy = async (target: string): Promise<CompressingProxy> => {
  const server = createServer(async (request, response) => {
    const page = await fetch(`${target}${request.url ?? '/'}`);
    const body = gzipSync(await page.text());
    response.writeHead(page.status, {
      ...Object.fromEntries(page.headers),
      'content-length': body.length,
      'content-encoding': 'gzip',
    });
    response.end(body);
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
