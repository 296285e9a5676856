import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { composeEmail } from '../../../shared/email/mime.ts';
import type { EmailModel } from '../../../shared/email/model.ts';
import { renderEmail } from '../../../shared/email/render.ts';
import { locales } from '../../../shared/platform/locale.ts';
import { sampleEmails } from '../../support/samples/email-samples.ts';

const envelope = {
  fromAddress: 'care@email.example.org',
  to: 'patient@example.net',
  sendId: '0123456789abcdef'.repeat(4),
  sentAt: Date.UTC(2026, 2, 8, 15),
};
const textOf = async (model: EmailModel, to = envelope.to): Promise<string> =>
  Buffer.from(await composeEmail(model, { ...envelope, to })).toString('latin1');
const headerOf = (raw: string): string => (raw.split('\r\n\r\n')[0] ?? '').replaceAll(/\r\n[ \t]/g, ' ');

const cases = locales.flatMap((locale) =>
  Object.entries(sampleEmails(locale)).map(([name, model]) => [`${locale} ${name}`, model] as const),
);

describe.each(cases)('the message of email %s', (_, model) => {
  it('parses back to what was rendered', async () => {
    const parsed = await simpleParser(Buffer.from(await composeEmail(model, envelope)));
    const { subject, html, text } = renderEmail(model);
    expect(parsed.subject).toBe(subject);
    expect(parsed.text?.trim()).toBe(text);
    expect(parsed.html).toBe(html);
    expect(parsed.from?.value).toEqual([{ address: envelope.fromAddress, name: model.clinic.senderName }]);
    expect(parsed.replyTo?.value).toEqual([{ address: model.clinic.replyTo, name: model.clinic.senderName }]);
    expect(parsed.to).toMatchObject({ value: [{ address: envelope.to }] });
    expect(parsed.attachments).toEqual([]);
    expect(parsed.date?.getTime()).toBe(envelope.sentAt);
  });

  it('supports one-click unsubscribe, and marks itself as automatic', async () => {
    const head = headerOf(await textOf(model));
    expect(head).toContain(
      `List-Unsubscribe: <${model.links.unsubscribe}>, <mailto:care@lakeside.example?subject=unsubscribe>`,
    );
    expect(head).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(head).toContain('Auto-Submitted: auto-generated');
    expect(head).toContain(`Content-Language: ${model.locale}`);
  });

  it('has the same bytes each time, in ASCII, with lines that every server accepts', async () => {
    const raw = await textOf(model);
    expect(raw).toBe(await textOf(model));
    expect(/[^\r\n\t\x20-\x7e]/.test(raw)).toBe(false);
    expect(/[^\r]\n|\r[^\n]/.test(raw)).toBe(false);
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
  });
});

describe('the message', () => {
  const { survey } = sampleEmails('en');
  if (survey === undefined) throw new Error('The sample is missing.');

  it('has these headers and no others', async () => {
    expect(headerOf(await textOf(survey))).toMatchInlineSnapshot(`
      "Content-Language: en
      Auto-Submitted: auto-generated
      List-Unsubscribe: <https://care.example.org/u/Zk3vQm0cR8yT1uWx5pLbNg>, <mailto:care@lakeside.example?subject=unsubscribe>
      List-Unsubscribe-Post: List-Unsubscribe=One-Click
      From: Lakeside Clinic <care@email.example.org>
      To: patient@example.net
      Reply-To: Lakeside Clinic <care@lakeside.example>
      Subject: How are you doing?
      Message-ID: <0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef@email.example.org>
      Date: Sun, 08 Mar 2026 15:00:00 +0000
      MIME-Version: 1.0
      Content-Type: multipart/alternative; boundary="--_NmP-0123456789abcdef01234567-Part_1""
    `);
  });

  it.each(['patient@example.net\r\nBcc: other@example.net', 'patient@example.net, other@example.net'])(
    'goes to no second address with %j',
    async (to) => {
      const head = headerOf(await textOf(survey, to));
      expect(head).not.toMatch(/^Bcc:/m);
      const parsed = await simpleParser(await textOf(survey, to));
      const recipients = [parsed.to].flat().flatMap((group) => group?.value ?? []);
      expect(recipients.length).toBeLessThanOrEqual(1);
    },
  );

  it('takes no header from a sender name', async () => {
    const clinic = { ...survey.clinic, senderName: 'Lakeside\r\nX-Evil: yes' };
    expect(headerOf(await textOf({ ...survey, clinic }))).not.toMatch(/^X-Evil/m);
  });
});
