import type { HttpBridge } from '../../../infra/laptop/emulation/http/http-bridge.ts';
import { startHttpBridge } from '../../../infra/laptop/emulation/http/http-bridge.ts';
import type { HttpHandler } from '../../../infra/laptop/emulation/http/http-routes.ts';
import { type DynamoLab, startLab } from '../labs/dynamo-lab.ts';
import { type StatsHarness, statsHarness } from '../labs/stats-harness.ts';

/** The statistics on a real server: the composed function behind the laptop's bridge, on a DynamoDB of its own. */
export type StatsSite = StatsHarness & {
  readonly origin: string;
  /** Takes what answers instead of the function; undefined brings the function back. */
  readonly answerInstead: (handler: HttpHandler | undefined) => void;
  readonly stop: () => Promise<void>;
};

/** Starts the statistics at a free port. */
export const startStatsSite = async (): Promise<StatsSite> => {
  const lab: DynamoLab = await startLab();
  let instead: HttpHandler | undefined;
  let handler: HttpHandler | undefined;
  const answer: HttpHandler = async (event, context) => {
    const chosen = instead ?? handler;
    return chosen === undefined ? { statusCode: 503 } : chosen(event, context);
  };
  const bridge: HttpBridge = await startHttpBridge({
    routes: [
      { method: 'ANY', path: '/stats', handler: answer },
      { method: 'ANY', path: '/stats/{path+}', handler: answer },
    ],
    port: 0,
  });
  const stats = await statsHarness(lab, { url: bridge.origin });
  handler = stats.handler;
  return {
    ...stats,
    origin: bridge.origin,
    answerInstead: (other) => {
      instead = other;
    },
    stop: async () => {
      await bridge.stop();
      await lab.stop();
    },
  };
};
