import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { portOf } from '../../host/ports-on-host.ts';
import { startupProblem } from '../../host/startup-problem.ts';
import { localContext, sendResult, toEvent } from './http-event.ts';
import { type HttpRoute, matchRoute } from './http-routes.ts';

export type HttpBridge = {
  readonly port: number;
  /** `http://localhost:PORT` */
  readonly origin: string;
  readonly stop: () => Promise<void>;
};

export type BridgeOptions = {
  readonly routes: readonly HttpRoute[];
  /** 0 takes any free one. */
  readonly port: number;
  readonly host?: string;
  /** Told of a handler that threw; the client gets 500 without the reason. */
  readonly onError?: (routeKey: string, error: unknown) => void;
};

/** What API Gateway takes. */
const bodyLimit = 10 * 1024 * 1024;

/** Reads the whole body; undefined when it is too long. The rest of a long one is read and dropped. */
const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length <= bodyLimit) chunks.push(bytes);
  }
  return length > bodyLimit ? undefined : Buffer.concat(chunks);
};

const problem = (response: ServerResponse, status: number, title: string, method: string): void =>
  sendResult(
    response,
    {
      statusCode: status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
      body: JSON.stringify({ type: 'about:blank', title, status }),
    },
    method,
  );

/**
 * Serves the HTTP API's routes on this machine: each request becomes an API Gateway event (payload format
 * 2.0), each result a response. Throws a `StartupProblem` when the port is taken.
 */
export const startHttpBridge = async (options: BridgeOptions): Promise<HttpBridge> => {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method ?? 'GET';
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const body = await readBody(request);
    if (body === undefined) return problem(response, 413, 'Request Entity Too Large', method);
    const match = matchRoute(options.routes, method, path);
    if (match === undefined) return problem(response, 404, 'Not Found', method);
    const routeKey = `${match.route.method} ${match.route.path}`;
    try {
      const result = await match.route.handler(toEvent(request, body, match), localContext(routeKey));
      sendResult(response, result, method);
    } catch (error) {
      options.onError?.(routeKey, error);
      if (response.headersSent) response.destroy();
      else problem(response, 500, 'Internal Server Error', method);
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenProblem(error, options.port)));
    server.listen(options.port, host, resolve);
  });
  const port = portOf(server);
  return {
    port,
    origin: `http://localhost:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const listenProblem = (error: Error, port: number): Error =>
  'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
    ? startupProblem(
        `Port ${port} ${error.code === 'EACCES' ? 'may not be opened' : 'is in use'}: stop what uses it, or choose another, for example PORT=${port < 65_000 ? port + 1 : 8080} npm start`,
      )
    : error;
