import { createServer } from 'node:http';

/** A proxy in front of DynamoDB that counts requests by operation. */
export type CountingProxy = {
  readonly endpoint: string;
  readonly counts: ReadonlyMap<string, number>;
  /** With true, every request fails with AccessDenied until the next call with false. */
  readonly fail: (isDown: boolean) => void;
  readonly stop: () => Promise<void>;
};

/** Headers that the forwarded request sets itself. */
const ownHeaders: ReadonlySet<string> = new Set(['host', 'connection', 'content-length']);

/** Starts the proxy on a free local port, in front of the DynamoDB at `target`. */
export const countingProxy = async (target: string): Promise<CountingProxy> => {
  const counts = new Map<string, number>();
  let isDown = false;
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    if (isDown) {
      outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      outgoing.end(JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#AccessDeniedException' }));
      return;
    }
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) {
      if (typeof value === 'string' && !ownHeaders.has(name)) headers.set(name, value);
    }
    const response = await fetch(target, { method: 'POST', headers, body: Buffer.concat(chunks) });
    outgoing.writeHead(response.status, { 'content-type': 'application/x-amz-json-1.0' });
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    counts,
    fail: (down) => {
      isDown = down;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
