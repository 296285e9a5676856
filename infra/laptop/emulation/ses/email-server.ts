import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { addSeconds } from '../../../../shared/platform/calendar.ts';
import type { Clock } from '../../../../shared/platform/ports.ts';
import type { UtcInstant } from '../../../../shared/platform/time.ts';
import { portOf } from '../../host/ports-on-host.ts';
import type { BusEntry } from '../events/bus.ts';
import { createFaults, type Faults, faultResponse, type SendFault } from './faults.ts';
import { type Inbox, openInbox } from './inbox.ts';
import { type JournaledEmail, openJournal } from './journal.ts';
import { bareAddress, headerOf, mimeHeaders } from './mime-headers.ts';
import { isSimulator, sesEventsOf } from './ses-events.ts';
import {
  acceptedResponse,
  errorResponse,
  quotaResponse,
  type RawSend,
  readRawSend,
  type SesResponse,
} from './ses-wire.ts';
import { startUpstream } from './upstream.ts';

export type EmailServer = {
  /** Value for the SDK's `AWS_ENDPOINT_URL_SES`. */
  readonly endpoint: string;
  readonly faults: Faults;
  readonly inbox: Inbox;
  /** Resolves once `onEvent` has handled every event of the emails accepted so far. */
  readonly settled: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type EmailServerOptions = {
  /** Holds the journal of accepted emails: `.local/email`. */
  readonly folder: string;
  readonly clock: Clock;
  /** Receives each event that SES would publish, for example `bus.put`. The events of one email run in sequence. */
  readonly onEvent: (event: BusEntry) => Promise<unknown>;
  /** Defaults to a free port. */
  readonly port?: number;
  /** The limits that GetSendQuota reports. Only the daily one is enforced. */
  readonly quota?: { readonly perDay: number; readonly perSecond: number };
  /** Configuration set for emails that name none: `local` when absent, none when empty. */
  readonly defaultConfigurationSet?: string;
};

const defaultQuota = { perDay: 50_000, perSecond: 10_000 };

/** What the client sees: a response, a broken connection, or nothing at all. */
type Reply = SesResponse | 'reset' | 'silence';

const readAll = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

/**
 * Emulates SES for the SDK's client: has `aws-ses-v2-local` validate each email, journals it, and then publishes
 * the events that SES would. Events that an earlier run left unfinished are published again, at least once like
 * EventBridge. That starts one turn of the event loop after this promise resolves, so the caller can create its
 * bus first.
 */
export const startEmailServer = async (options: EmailServerOptions): Promise<EmailServer> => {
  const upstream = await startUpstream();
  const journal = openJournal(options.folder);
  const faults = createFaults();
  const quota = options.quota ?? defaultQuota;
  const defaultSet = options.defaultConfigurationSet ?? 'local';
  const publishing = new Set<Promise<void>>();

  /** Send times of the emails that count against the daily quota, and how many of them are over a day old. */
  const sentAt: UtcInstant[] = [];
  let overADayOld = 0;
  const countAgainstQuota = ({ at, destination }: JournaledEmail): void => {
    if (!destination.every(isSimulator)) sentAt.push(at);
  };
  const sentLastDay = (): number => {
    const from = addSeconds(options.clock.now(), -86_400);
    while ((sentAt[overADayOld] ?? from) < from) overADayOld += 1;
    return sentAt.length - overADayOld;
  };

  for (const email of journal.emails()) countAgainstQuota(email);

  const publish = (email: JournaledEmail, raw: Buffer): void => {
    const work = async (): Promise<void> => {
      for (const event of sesEventsOf(email, mimeHeaders(raw))) await options.onEvent(event);
      journal.settle(email.messageId);
    };
    const running: Promise<void> = work()
      .catch(() => undefined)
      .finally(() => publishing.delete(running));
    publishing.add(running);
  };

  const accept = async (send: RawSend, form: Buffer): Promise<SesResponse> => {
    const { status } = await upstream.send(form);
    if (status !== 200) return errorResponse(400, 'InvalidParameterValue', 'The message is invalid.');
    const email = toEmail(send);
    journal.add(email, send.raw);
    countAgainstQuota(email);
    setImmediate(() => publish(email, send.raw));
    return acceptedResponse(email.messageId);
  };

  const toEmail = (send: RawSend): JournaledEmail => {
    const { sendId = '' } = send.tags;
    const headers = mimeHeaders(send.raw);
    const configurationSet =
      send.configurationSet ?? headerOf(headers, 'X-SES-CONFIGURATION-SET') ?? defaultSet;
    const to = send.destinations.length > 0 ? send.destinations : [headerOf(headers, 'To') ?? ''];
    return {
      messageId: `0100${randomUUID()}-000000`,
      sendId,
      destination: to.map(bareAddress),
      source: bareAddress(send.source ?? headerOf(headers, 'From') ?? ''),
      ...(configurationSet !== '' && { configurationSet }),
      tags: send.tags,
      subject: headerOf(headers, 'Subject') ?? '',
      at: options.clock.now(),
    };
  };

  const sendRaw = async (form: Buffer, fields: URLSearchParams): Promise<Reply> => {
    const send = readRawSend(fields);
    if (send === undefined) return errorResponse(400, 'ValidationError', 'RawMessage.Data is missing.');
    const fault: SendFault | undefined =
      faults.next(send.destinations) ?? (sentLastDay() >= quota.perDay ? 'daily-quota' : undefined);
    if (fault === 'reset') return 'reset';
    const refusal = fault === undefined ? undefined : faultResponse(fault);
    if (refusal !== undefined) return refusal;
    const accepted = await accept(send, form);
    if (fault === 'reset-after-accept') return 'reset';
    return fault === 'silent-after-accept' ? 'silence' : accepted;
  };

  const replyTo = async (request: IncomingMessage): Promise<Reply> => {
    const form = await readAll(request);
    const fields = new URLSearchParams(form.toString('latin1'));
    const action = fields.get('Action');
    if (action === 'SendRawEmail') return sendRaw(form, fields);
    if (action === 'GetSendQuota') return quotaResponse({ ...quota, sentLastDay: sentLastDay() });
    return errorResponse(400, 'InvalidAction', 'Only SendRawEmail and GetSendQuota are emulated.');
  };

  const write = (response: ServerResponse, reply: Reply): void => {
    if (reply === 'silence') return;
    if (reply === 'reset') {
      response.socket?.resetAndDestroy();
      return;
    }
    response.writeHead(reply.status, {
      'content-type': 'text/xml',
      'content-length': Buffer.byteLength(reply.xml),
    });
    response.end(reply.xml);
  };

  const server = createServer((request, response) => {
    replyTo(request)
      .then((reply) => write(response, reply))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const unfinished = journal.unsettled();
  setImmediate(() => {
    for (const email of unfinished) publish(email, journal.rawOf(email.messageId) ?? Buffer.alloc(0));
  });

  const settled = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    while (publishing.size > 0) await Promise.all(publishing);
  };
  return {
    endpoint: `http://127.0.0.1:${portOf(server)}`,
    faults,
    inbox: openInbox(journal),
    settled,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await settled();
      await upstream.stop();
      journal.close();
    },
  };
};
