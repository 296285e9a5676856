import { describe, expect, it } from 'vitest';
import { composeEmail, composeStaffEmail } from '../../../shared/email/mime.ts';
import { renderEmail, renderStaffEmail } from '../../../shared/email/render.ts';
import { locales } from '../../../shared/platform/locale.ts';
import { familyIds } from '../../../shared/protocol/families.ts';
import { linksOf } from '../../../shared/web/survey/frame.ts';
import { revealingWordIn } from '../../support/oracles/revealing-words.ts';
import { sampleEmails, sampleStaffEmails } from '../../support/samples/email-samples.ts';

const emails = locales.flatMap((locale) =>
  Object.entries(sampleEmails(locale)).map(([name, model]) => [`${locale} ${name}`, model] as const),
);

/** Words that name a procedure. The body may ask about pain, since it is seen only once the email is opened. */
const procedureWords =
  /injec|inyec|epidural|facet|radiofre|ablat|ablac|steroid|esteroid|decompr|descompr|\bmild\b|procedure|procedim|surg|cirug|infiltra|block|bloqueo|spine|espinal|columna|lumbar|joint|articulac/i;

describe.each(emails)('email %s', (_, model) => {
  const { subject, html, text } = renderEmail(model);

  it('has a subject that reveals nothing', () => {
    expect(revealingWordIn(subject)).toBeUndefined();
  });

  it('has links that reveal nothing', () => {
    const links = [...html.matchAll(/href="([^"]+)"/g), ...text.matchAll(/(https?:\S+)/g)].map(
      ([, link]) => link ?? '',
    );
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) {
      const { pathname, search } = new URL(link.replaceAll('&amp;', '&'));
      const token = pathname.split('/')[2] ?? '';
      expect(revealingWordIn(`${pathname.replace(token, '')}${search}`)).toBeUndefined();
    }
  });

  it('has a body that names no procedure and no body part', () => {
    expect(text).not.toMatch(procedureWords);
    expect(html.replaceAll(/style="[^"]*"|<style>.*?<\/style>/gs, '')).not.toMatch(procedureWords);
  });

  it('has headers that reveal nothing', async () => {
    const raw = await composeEmail(model, {
      fromAddress: 'care@email.example.org',
      to: 'patient@example.net',
      sendId: '0f'.repeat(32),
      sentAt: 0,
    });
    const head = Buffer.from(raw).toString('latin1').split('\r\n\r\n')[0] ?? '';
    expect(head).not.toBe('');
    expect(revealingWordIn(head.replaceAll(/[A-Za-z0-9]{20,}/g, ''))).toBeUndefined();
  });

  it('loads nothing: no image, no remote style, no script, no tracking', () => {
    expect(html).not.toMatch(/<(?:img|script|link|iframe|object)|url\(|@import|background=/i);
  });
});

const staffEmails = locales.flatMap((locale) =>
  Object.entries(sampleStaffEmails(locale)).map(([name, model]) => [`${locale} ${name}`, model] as const),
);

describe.each(staffEmails)('email %s', (_, model) => {
  const { subject, html, text } = renderStaffEmail(model);

  it('reveals nothing, neither in its headers nor in its body', async () => {
    const raw = await composeStaffEmail(model, {
      fromAddress: 'care@email.example.org',
      to: 'care-team@example.net',
      sendId: '0f'.repeat(32),
      sentAt: 0,
    });
    const head = Buffer.from(raw).toString('latin1').split('\r\n\r\n')[0] ?? '';
    expect(head).toContain('Auto-Submitted: auto-generated');
    expect(revealingWordIn(head.replaceAll(/[A-Za-z0-9]{20,}/g, ''))).toBeUndefined();
    expect(revealingWordIn(subject)).toBeUndefined();
    expect(revealingWordIn(text)).toBeUndefined();
  });

  it('has no link and loads nothing', () => {
    expect(text).not.toMatch(/https?:/);
    expect(html).not.toMatch(/href=|<(?:img|script|link|iframe|object)|url\(|@import/i);
  });

  it('says where to look', () => {
    for (const part of [html, text]) expect(part).toContain(model.worklist);
  });
});

describe('an email model', () => {
  it('does not contain a family', () => {
    for (const [, model] of emails) {
      for (const family of familyIds) expect(JSON.stringify(model)).not.toContain(`"${family}"`);
    }
  });

  it('links to pages with a letter and a token as their path', () => {
    for (const path of Object.values(linksOf('t0'))) expect(path).toMatch(/^\/[shu]\/t0$/);
  });
});

describe('the check for revealing words', () => {
  it.each([
    'Your facet joint injection',
    'After your EPIDURAL',
    'Su inyección',
    'Lakeside Pain Clinic',
    'https://x.example/s?nrsPain=7',
    'your-back-care',
    'mild results',
    'pain_score',
    'SpineCare',
    'X-Score: 4',
    'Clínica de la Columna',
    'su cirugía',
    'ESI follow-up',
    'lidocaine',
    'rodilla',
    'PEG 4',
    'descompresión',
  ])('finds one in "%s"', (text) => {
    expect(revealingWordIn(text)).toBeDefined();
  });

  it.each([
    'How are you doing?',
    '¿Cómo está usted?',
    'Your care advice for the next few days',
    'Lakeside Clinic',
    'Time to plan your next visit',
    'a mildly worded text',
    'https://care.example.org/s/abc?a=7',
    'army',
  ])('finds none in "%s"', (text) => {
    expect(revealingWordIn(text)).toBeUndefined();
  });
});
