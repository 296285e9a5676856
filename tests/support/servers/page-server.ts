import { createServer } from 'node:http';

export type ServedPage = {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  /** 200 unless given. */
  readonly status?: number;
};

/** A request that the test server received. */
export type SeenRequest = { readonly method: string; readonly url: string; readonly body: string };

export type PageServer = {
  readonly origin: string;
  /** All requests so far, in order. */
  readonly seen: readonly SeenRequest[];
  readonly stop: () => Promise<void>;
};

/**
 * Serves pages on a free local port. `find` returns the page for a path without its query; 404 for undefined. The
 * browser waits for as long as its promise does.
 */
export const servePages = async (
  find: (path: string, request: SeenRequest) => ServedPage | undefined | Promise<ServedPage | undefined>,
): Promise<PageServer> => {
  const seen: SeenRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const url = incoming.url ?? '/';
    const request = { method: incoming.method ?? '', url, body: Buffer.concat(chunks).toString('utf8') };
    seen.push(request);
    const page = await find(url.split('?')[0] ?? '/', request);
    outgoing.writeHead(page === undefined ? 404 : (page.status ?? 200), page?.headers);
    outgoing.end(page?.html);
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The test server has no port.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    seen,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
