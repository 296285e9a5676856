import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBound } from '../../host/child-process.ts';
import { freePort } from '../../host/ports-on-host.ts';
import { startupProblem } from '../../host/startup-problem.ts';

/** `aws-ses-v2-local` as a child process, which rejects email that does not parse. */
export type EmailUpstream = {
  readonly port: number;
  /** Forwards a form of the SES v1 query API. Status 200 means accepted. */
  readonly send: (form: Buffer) => Promise<{ readonly status: number; readonly body: string }>;
  readonly stop: () => Promise<void>;
};

const maxStartMs = 15_000;

/** Starts the local SES and waits until it is healthy. Throws a `StartupProblem` when it ends or takes too long. */
export const startUpstream = async (): Promise<EmailUpstream> => {
  const home = dirname(createRequire(import.meta.url).resolve('aws-ses-v2-local/package.json'));
  const port = await freePort();
  const child = startBound(process.execPath, [
    join(home, 'dist/cli.js'),
    '--host',
    '127.0.0.1',
    '--port',
    `${port}`,
  ]);
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });

  const call = (method: 'GET' | 'POST', path: string, body?: Buffer) =>
    new Promise<{ readonly status: number; readonly body: string }>((resolve, reject) => {
      const headers = {
        authorization: 'AWS local',
        ...(body !== undefined && {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': body.length,
        }),
      };
      const sent = request({ agent, host: '127.0.0.1', port, method, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });

  const isUp = (): Promise<boolean> =>
    call('GET', '/health-check').then(
      ({ status }) => status === 200,
      () => false,
    );
  for (let waited = 0; !(await isUp()); waited += 25) {
    if (child.ended() !== undefined || waited > maxStartMs) {
      await child.stop();
      throw startupProblem(`The local SES did not start: ${child.output().split('\n').at(-1) ?? ''}`);
    }
    await sleep(25);
  }
  return {
    port,
    send: (form) => call('POST', '/', form),
    stop: async () => {
      agent.destroy();
      await child.stop();
    },
  };
};
