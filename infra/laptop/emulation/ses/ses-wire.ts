import { randomUUID } from 'node:crypto';

/** A SendRawEmail request of the SES v1 query API. */
export type RawSend = {
  readonly raw: Buffer;
  readonly destinations: readonly string[];
  readonly source: string | undefined;
  readonly configurationSet: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
};

const members = (form: URLSearchParams, prefix: string): readonly string[] => {
  const values: string[] = [];
  for (let index = 1; form.has(`${prefix}.${index}`); index += 1)
    values.push(form.get(`${prefix}.${index}`) ?? '');
  return values;
};

const tagsOf = (form: URLSearchParams): Readonly<Record<string, string>> => {
  const tags: Record<string, string> = {};
  for (let index = 1; form.has(`Tags.member.${index}.Name`); index += 1) {
    tags[form.get(`Tags.member.${index}.Name`) ?? ''] = form.get(`Tags.member.${index}.Value`) ?? '';
  }
  return tags;
};

/** Parses a SendRawEmail form; undefined when the message is missing. */
export const readRawSend = (form: URLSearchParams): RawSend | undefined => {
  const data = form.get('RawMessage.Data');
  if (data === null || data === '') return undefined;
  return {
    raw: Buffer.from(data, 'base64'),
    destinations: members(form, 'Destinations.member'),
    source: form.get('Source') ?? undefined,
    configurationSet: form.get('ConfigurationSetName') ?? undefined,
    tags: tagsOf(form),
  };
};

/** A response of the SES v1 query API. */
export type SesResponse = { readonly status: number; readonly xml: string };

const namespace = 'xmlns="http://ses.amazonaws.com/doc/2010-12-01/"';

const resultOf = (action: string, result: string): SesResponse => ({
  status: 200,
  xml: `<${action}Response ${namespace}><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
});

export const acceptedResponse = (messageId: string): SesResponse =>
  resultOf('SendRawEmail', `<MessageId>${messageId}</MessageId>`);

export const quotaResponse = (quota: {
  readonly perDay: number;
  readonly perSecond: number;
  readonly sentLastDay: number;
}): SesResponse =>
  resultOf(
    'GetSendQuota',
    `<Max24HourSend>${quota.perDay}</Max24HourSend><MaxSendRate>${quota.perSecond}</MaxSendRate><SentLast24Hours>${quota.sentLastDay}</SentLast24Hours>`,
  );

/** Returns an error response. The texts go into the XML unescaped: pass constants only. */
export const errorResponse = (status: number, code: string, message: string): SesResponse => ({
  status,
  xml: `<ErrorResponse ${namespace}><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
});
