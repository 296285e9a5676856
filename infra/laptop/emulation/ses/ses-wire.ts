import { randomUUID } from 'node:crypto';

/** A SendRawEmail request, read from the form that the SES v1 API is. */
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

/** Takes the form of a request, gives the email it sends; undefined when the message is missing. */
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

/** An answer of the SES v1 API. */
export type SesAnswer = { readonly status: number; readonly xml: string };

const namespace = 'xmlns="http://ses.amazonaws.com/doc/2010-12-01/"';

const answer = (action: string, result: string): SesAnswer => ({
  status: 200,
  xml: `<${action}Response ${namespace}><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
});

/** Says that the email was accepted. */
export const acceptedAnswer = (messageId: string): SesAnswer =>
  answer('SendRawEmail', `<MessageId>${messageId}</MessageId>`);

/** Says how much may be sent and how much was. */
export const quotaAnswer = (quota: {
  readonly perDay: number;
  readonly perSecond: number;
  readonly sentLastDay: number;
}): SesAnswer =>
  answer(
    'GetSendQuota',
    `<Max24HourSend>${quota.perDay}</Max24HourSend><MaxSendRate>${quota.perSecond}</MaxSendRate><SentLast24Hours>${quota.sentLastDay}</SentLast24Hours>`,
  );

/** Says no, with SES's own code and words. The texts are ours: nothing to escape is in them. */
export const errorAnswer = (status: number, code: string, message: string): SesAnswer => ({
  status,
  xml: `<ErrorResponse ${namespace}><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
});
