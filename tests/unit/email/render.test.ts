import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printableName } from '../../../shared/email/content.ts';
import { renderEmail, renderStaffEmail } from '../../../shared/email/render.ts';
import { locales } from '../../../shared/platform/locale.ts';
import { sampleEmails, sampleStaffEmails } from '../../support/samples/email-samples.ts';

/** Texts that would take effect if they were not escaped. */
const attacks = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'-alert(1)-'",
  '</title><svg onload=alert(1)>',
  'javascript:alert(1)',
  '<!--',
  '&lt;script&gt;',
  '{{7*7}}',
  '\u202Egnp.exe',
  'http://evil.example/',
  'evil.example',
  'Ana\r\nBcc: x@evil.example',
];

describe.each(locales)('the emails in %s', (locale) => {
  it.each(Object.entries(sampleEmails(locale)))('%s reads as before', (_, model) => {
    const { subject, text, html } = renderEmail(model);
    expect(`${subject}\n\n${text}`).toMatchSnapshot('text');
    expect(html.replaceAll('><', '>\n<')).toMatchSnapshot('html');
  });

  it.each(Object.entries(sampleStaffEmails(locale)))('%s reads as before', (_, model) => {
    const { subject, text, html } = renderStaffEmail(model);
    expect(`${subject}\n\n${text}`).toMatchSnapshot('text');
    expect(html.replaceAll('><', '>\n<')).toMatchSnapshot('html');
  });
});

describe('an email', () => {
  const { survey, instructions } = sampleEmails('en');
  if (survey === undefined || instructions === undefined) throw new Error('A sample is missing.');

  it('offers each number of the scale as a link that preselects it', () => {
    const { html } = renderEmail(survey);
    const picked = [...html.matchAll(/href="[^"]+\?a=(\d+)"[^>]*>(\d+)</g)].map(([, a, label]) => [a, label]);
    expect(picked).toEqual(Array.from({ length: 11 }, (_, value) => [`${value}`, `${value}`]));
  });

  it('says how to unsubscribe and where to get help, in both parts', () => {
    for (const model of Object.values(sampleEmails('en'))) {
      const { html, text } = renderEmail(model);
      for (const part of [html, text]) {
        expect(part).toContain(model.links.unsubscribe);
        expect(part).toContain(model.links.help);
        expect(part).toContain(model.clinic.phone);
      }
    }
  });

  it.each(attacks)('does not print %j as a name', (givenName) => {
    expect(printableName(givenName)).toBeUndefined();
    const { html, text } = renderEmail({ ...survey, givenName });
    expect(text).toMatch(/^Hello,\n/);
    expect(html).toContain('<p style="margin:0 0 16px">Hello,</p>');
  });

  it.each(['Ana María', "O'Neil", 'Jean-Luc', 'Mary J.', 'Đặng', 'José', ' Ann '])(
    'greets "%s"',
    (givenName) => {
      expect(renderEmail({ ...survey, givenName }).text).toContain(`Hello ${givenName.trim()},`);
    },
  );

  it.each(attacks)('escapes %j in the name of the clinic', (name) => {
    const { html } = renderEmail({ ...instructions, clinic: { ...instructions.clinic, name, phone: name } });
    expect(html).not.toMatch(/<(?:script|img|svg|!--)/i);
    expect(html.match(/<(?!\/|!doctype)[a-z0-9]+/gi)).toEqual(
      renderEmail(instructions).html.match(/<(?!\/|!doctype)[a-z0-9]+/gi),
    );
  });

  it('has the same elements whatever the name is', () => {
    const elements = (html: string) => html.match(/<[^>]*>/g)?.length;
    const expected = elements(renderEmail(survey).html);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (givenName) => {
        expect(elements(renderEmail({ ...survey, givenName }).html)).toBe(expected);
      }),
    );
  });
});
