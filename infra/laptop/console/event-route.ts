import * as z from 'zod';
import type { HttpRoute } from '../emulation/http/http-routes.ts';
import type { Laptop } from '../laptop.ts';

/** An entry as `aws events put-events` takes it. */
const entry = z.object({
  Source: z.string().min(1),
  DetailType: z.string().min(1),
  /** JSON text, as PutEvents wants it; an object is taken too. */
  Detail: z.union([z.string(), z.record(z.string(), z.unknown())]),
});

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const answer = (statusCode: number, body: object) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(body)}\n`,
});

/**
 * The route by which an event gets onto the laptop's bus: `POST /local/events`. Like EventBridge it says only
 * whether the event was taken; what a rule makes of it shows in the console, or among the dead letters.
 */
export const eventRoute = (laptop: Laptop): HttpRoute => ({
  method: 'POST',
  path: '/local/events',
  handler: async ({ body = '', isBase64Encoded }) => {
    const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
    const parsed = entry.safeParse(parseJson(text));
    if (!parsed.success) {
      return answer(400, { problem: 'Give Source, DetailType and Detail, as for aws events put-events.' });
    }
    const { Source, DetailType, Detail } = parsed.data;
    const detail = typeof Detail === 'string' ? parseJson(Detail) : Detail;
    const before = laptop.deadLetters.list().length;
    const { id, matched } = await laptop.bus.put({ source: Source, 'detail-type': DetailType, detail });
    const failed = laptop.deadLetters.list().slice(before);
    return answer(200, { id, matchedRules: matched, deadLetters: failed.map(({ error }) => error) });
  },
});
