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
  /** 0 picks a free port. */
  readonly port: number;
  readonly host?: string;
  /** Called when a handler throws; the client gets 500 without the reason. */
  readonly onError?: (routeKey: string, error: unknown) => void;
};

/** API Gateway's payload limit. */
const maxBodyBytes = 10 * 1024 * 1024;

/** Reads the whole body; undefined when it is too long. Excess bytes are read and dropped. */
const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length <= maxBodyBytes) chunks.push(bytes);
  }
  return length > maxBodyBytes ? undefined : Buffer.concat(chunks);
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
 * Serves the HTTP API's routes with `node:http`: converts each request to an API Gateway event (payload format
 * 2.0) and each result to a response. Throws a `StartupProblem` when the port is in use.
 */
export const startHttpBridge = async (options: BridgeOptions): Promise<HttpBridge> => {
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
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
    respond(request, response).catch(() => response.destroy());
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

const listenProblem = (error: Error, port: number): Error => {
  const example = `for example PORT=${port < 65_000 ? port + 1 : 8080} npm start`;
  if (!('code' in error)) return error;
  switch (error.code) {
    case 'EADDRINUSE':
      return startupProblem(
        `Port ${port} is in use: stop the process that uses it, or choose another, ${example}`,
      );
    case 'EACCES':
      return startupProblem(`Port ${port} needs more privileges: choose another, ${example}`);
    default:
      return error;
  }
};
