import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';

/** The capacity units that DynamoDB reports for one request. */
export type Consumption = {
  /** DynamoDB returned an error, such as a failed condition. */
  readonly isRefused: boolean;
  readonly index: string | undefined;
  readonly read: number;
  readonly write: number;
};

/** A proxy in front of DynamoDB that records what each request consumes. */
export type MeteringProxy = {
  readonly endpoint: string;
  /** Returns and clears everything consumed since the last call. */
  readonly take: () => readonly Consumption[];
  readonly stop: () => Promise<void>;
};

const consumed = z.object({ CapacityUnits: z.number().default(0) });
const responseSchema = z.looseObject({
  ConsumedCapacity: z.union([consumed, z.array(consumed)]).optional(),
});
const requestSchema = z.looseObject({ IndexName: z.string().optional() });

const readOperations: ReadonlySet<string> = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem']);
const writeOperations: ReadonlySet<string> = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'TransactWriteItems',
  'BatchWriteItem',
]);

const ownHeaders: ReadonlySet<string> = new Set(['host', 'connection', 'content-length']);

/**
 * Starts a proxy in front of `target` that requests and records the consumed capacity of every read and write, so the
 * functions run unchanged with their own clients. An operation that it cannot meter ends the process.
 */
export const meteringProxy = async (target: string): Promise<MeteringProxy> => {
  let taken: Consumption[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const request = requestSchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
    const isRead = readOperations.has(operation);
    if (!isRead && !writeOperations.has(operation)) throw new Error(`${operation} is not metered.`);
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) {
      if (typeof value === 'string' && !ownHeaders.has(name)) headers.set(name, value);
    }
    const body = JSON.stringify({ ...request, ReturnConsumedCapacity: 'TOTAL' });
    const response = await fetch(target, { method: 'POST', headers, body });
    const text = await response.text();
    const units = [responseSchema.parse(JSON.parse(text)).ConsumedCapacity ?? []]
      .flat()
      .reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
    taken.push({
      isRefused: !response.ok,
      index: request.IndexName,
      read: isRead ? units : 0,
      write: isRead ? 0 : units,
    });
    outgoing.writeHead(response.status, { 'content-type': 'application/x-amz-json-1.0' });
    outgoing.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    take: () => {
      const all = taken;
      taken = [];
      return all;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
