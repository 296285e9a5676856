import type { HttpBridge } from '../../../infra/laptop/emulation/http/http-bridge.ts';
import { startHttpBridge } from '../../../infra/laptop/emulation/http/http-bridge.ts';
import type { HttpHandler } from '../../../infra/laptop/emulation/http/http-routes.ts';
import { type DynamoLab, startLab } from '../labs/dynamo-lab.ts';
import { type StatsHarness, statsHarness } from '../labs/stats-harness.ts';

/** The statistics over HTTP: the real handler behind the laptop's bridge, on its own DynamoDB. */
export type StatsSite = StatsHarness & {
  readonly origin: string;
  /** Replaces the handler; undefined restores the real one. */
  readonly respondWith: (handler: HttpHandler | undefined) => void;
  readonly stop: () => Promise<void>;
};

/** Starts the statistics on a free port. */
export const startStatsSite = async (): Promise<StatsSite> => {
  const lab: DynamoLab = await startLab();
  let replacement: HttpHandler | undefined;
  let real: HttpHandler | undefined;
  const handler: HttpHandler = async (event, context) => {
    const current = replacement ?? real;
    return current === undefined ? { statusCode: 503 } : current(event, context);
  };
  const bridge: HttpBridge = await startHttpBridge({
    routes: [
      { method: 'ANY', path: '/stats', handler },
      { method: 'ANY', path: '/stats/{path+}', handler },
    ],
    port: 0,
  });
  const stats = await statsHarness(lab, { url: bridge.origin });
  real = stats.handler;
  return {
    ...stats,
    origin: bridge.origin,
    respondWith: (other) => {
      replacement = other;
    },
    stop: async () => {
      await bridge.stop();
      await lab.stop();
    },
  };
};
