import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { TableNames } from '../../../infra/laptop/emulation/dynamodb/make-tables.ts';
import { localClientConfig } from '../../../infra/laptop/emulation/functions/laptop-aws.ts';

/** A command as it goes over the wire: its name with its body, attribute values as plain ones. */
export type SentCommand = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A document client that remembers what it sends. */
export type RecordingClient = {
  readonly documents: DynamoDBDocumentClient;
  /** Returns the commands sent since the last call, in order. */
  readonly takeSent: () => readonly SentCommand[];
  readonly stop: () => void;
};

type Options = {
  readonly endpoint: string;
  /** The tables in use; commands show them as `care` and `outcomes`. */
  readonly tables: TableNames;
  /** Lets every query and scan that sets no limit return one item a page. */
  readonly oneItemPages?: boolean;
};

const request = z.object({ headers: z.record(z.string(), z.string()), body: z.instanceof(Uint8Array) });

const object = z.record(z.string(), z.unknown());

/** A value of DynamoDB's JSON as a plain one. Throws on a type that no item of ours has. */
const plainValue = (value: unknown): unknown => {
  const entries = Object.entries(object.parse(value));
  const [type, content] = entries[0] ?? [];
  if (type === 'S' || type === 'BOOL') return content;
  if (type === 'N') return Number(content);
  if (type === 'L') return z.array(z.unknown()).parse(content).map(plainValue);
  if (type === 'M') return plainItem(content);
  throw new Error(`No item of ours has a value of the type ${type}.`);
};

const plainItem = (item: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(object.parse(item)).map(([name, value]) => [name, plainValue(value)]));

const bodyReader = (tables: TableNames) => {
  const nameOf = (table: unknown): string =>
    Object.entries(tables).find(([, name]) => name === table)?.[0] ?? 'another table';
  const read = (body: unknown): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Object.entries(object.parse(body)).map(([name, value]) => {
        switch (name) {
          case 'TableName':
            return [name, nameOf(value)];
          case 'Key':
          case 'Item':
          case 'ExpressionAttributeValues':
            return [name, plainItem(value)];
          case 'TransactItems':
            return [name, z.array(object).parse(value).map(readEach)];
          case 'ClientRequestToken':
            return [name, z.uuid().safeParse(value).success ? 'random' : value];
          default:
            return [name, value];
        }
      }),
    );
  const readEach = (item: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(item).map(([name, value]) => [name, read(value)]));
  return read;
};

/** Creates a client that records its commands. An embedded store cannot show some of what they ask for. */
export const recordingClient = ({ endpoint, tables, oneItemPages = false }: Options): RecordingClient => {
  const client = new DynamoDBClient(localClientConfig(endpoint));
  const readBody = bodyReader(tables);
  let sent: SentCommand[] = [];
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const isReading = /Query|Scan/.test(commandName);
        const limit = 'Limit' in args.input ? args.input.Limit : undefined;
        return next(
          isReading && oneItemPages ? { ...args, input: { ...args.input, Limit: limit ?? 1 } } : args,
        );
      },
    { step: 'initialize', name: 'limitPages' },
  );
  client.middlewareStack.add(
    (next) => async (args) => {
      const { headers, body } = request.parse(args.request);
      const name = headers['x-amz-target']?.split('.')[1] ?? 'unknown';
      sent.push({ [name]: readBody(JSON.parse(new TextDecoder().decode(body))) });
      return next(args);
    },
    { step: 'build', name: 'recordCommands' },
  );
  return {
    documents: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    takeSent: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
    stop: () => client.destroy(),
  };
};
