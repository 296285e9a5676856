/**
 * An address that SES accepts: ASCII, at most 254 characters, at most 64 before the `@`, and a domain of two labels or
 * more, the last of which is not a number. Dots stand alone and inside.
 */
const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = '[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const address = new RegExp(
  `^(?=.{1,254}$)(?=[^@]{1,64}@)${atom}(\\.${atom})*@(${label}\\.)+(?!\\d+$)[A-Za-z0-9-]{2,63}(?<!-)$`,
);

/** What stands before the `@`, or as the name of the domain, where a form demanded an address and there was none. */
const placeholderWords = new Set([
  'none',
  'noemail',
  'noemailaddress',
  'nomail',
  'noaddress',
  'noone',
  'nobody',
  'notprovided',
  'notgiven',
  'notavailable',
  'noreply',
  'donotreply',
  'donotemail',
  'null',
  'undefined',
  'unknown',
  'unk',
  'declined',
  'refused',
  'patientdeclined',
  'patientrefused',
  'invalid',
  'fake',
  'asdf',
  'test',
]);

/** Words that people type on both sides of the `@` to get past a form. */
const typedTwice = new Set([...placeholderWords, 'abc', 'email', 'mail', 'example']);

/** Domains that no mail server will ever answer for (RFC 2606, RFC 6761). */
const reservedEnding = /\.(invalid|localhost|test)$/;

/** True for an address that SES takes. */
export const isUsableAddress = (text: string): boolean => address.test(text);

/** True for a usable address that stands for the lack of one, such as noemail@clinic.com or none@none.com. */
export const isPlaceholderAddress = (text: string): boolean => {
  const [local = '', domain = ''] = text.toLowerCase().split('@');
  const name = domain.split('.').at(-2) ?? '';
  const bare = local.replaceAll(/[^a-z0-9]/g, '');
  const isTwice = bare === name && (name.length <= 3 || typedTwice.has(name));
  return placeholderWords.has(bare) || placeholderWords.has(name) || isTwice || reservedEnding.test(domain);
};
