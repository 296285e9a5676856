import { createServer } from 'node:http';

/** What a test page answers with. */
export type ServedPage = { readonly html: string; readonly headers: Readonly<Record<string, string>> };

/** A request as the test server saw it. */
export type SeenRequest = { readonly method: string; readonly url: string; readonly body: string };

/** A running test server: where it is, what it was asked, and how to stop it. */
export type PageServer = {
  readonly origin: string;
  readonly seen: readonly SeenRequest[];
  readonly close: () => Promise<void>;
};

/** Serves pages on a free local port: `find` takes a path without query, gives the page or undefined. */
export const servePages = async (
  find: (path: string, request: SeenRequest) => ServedPage | undefined,
): Promise<PageServer> => {
  const seen: SeenRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const url = incoming.url ?? '/';
    const request = { method: incoming.method ?? '', url, body: Buffer.concat(chunks).toString('utf8') };
    seen.push(request);
    const page = find(url.split('?')[0] ?? '/', request);
    outgoing.writeHead(page === undefined ? 404 : 200, page?.headers);
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
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
