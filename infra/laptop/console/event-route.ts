import * as z from 'zod';
import type { HttpRoute } from '../emulation/http/http-routes.ts';
import type { Laptop } from '../laptop.ts';

/** An entry of `aws events put-events`. */
const entry = z.object({
  Source: z.string().min(1),
  DetailType: z.string().min(1),
  /** JSON text as in PutEvents, or an object. */
  Detail: z.union([z.string(), z.record(z.string(), z.unknown())]),
});

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const jsonResponse = (statusCode: number, body: object) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(body)}\n`,
});

/**
 * Creates `POST /local/events`, which puts an event on the laptop's bus. As with EventBridge, 200 means that the
 * event was accepted, not that its targets succeeded: the response lists the dead letters it caused.
 */
export const eventRoute = (laptop: Laptop): HttpRoute => ({
  method: 'POST',
  path: '/local/events',
  handler: async ({ body = '', isBase64Encoded }) => {
    const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
    const parsed = entry.safeParse(parseJson(text));
    if (!parsed.success) {
      return jsonResponse(400, {
        problem: 'Source, DetailType and Detail are required, as in aws events put-events.',
      });
    }
    const { Source, DetailType, Detail } = parsed.data;
    const detail = typeof Detail === 'string' ? parseJson(Detail) : Detail;
    const before = laptop.deadLetters.list().length;
    const { id, matched } = await laptop.bus.put({ source: Source, 'detail-type': DetailType, detail });
    const failed = laptop.deadLetters.list().slice(before);
    return jsonResponse(200, { id, matchedRules: matched, deadLetters: failed.map(({ error }) => error) });
  },
});
