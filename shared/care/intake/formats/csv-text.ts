/** The text of a file, or one sentence about why it has none. It holds nothing of the file. */
export type DecodedFile =
  | { readonly outcome: 'decoded'; readonly text: string }
  | { readonly outcome: 'refused'; readonly problem: string };

/** Encodings that a file may be said to have. UTF-16 is known by its byte order mark. */
export const encodings = ['utf-8', 'windows-1252'] as const;

export type Encoding = (typeof encodings)[number];

const decoded = (bytes: Uint8Array, encoding: string): DecodedFile => {
  try {
    return { outcome: 'decoded', text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return { outcome: 'refused', problem: `is not ${encoding.toUpperCase()} throughout` };
  }
};

const refused = (problem: string): DecodedFile => ({ outcome: 'refused', problem });

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

const decodeBytes = (bytes: Uint8Array, encoding: Encoding | undefined): DecodedFile => {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    return refused('is an Excel workbook or another archive. Save it as "CSV UTF-8"');
  }
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return refused('is a PDF, not a CSV file');
  if (startsWith(bytes, 0xff, 0xfe)) return decoded(bytes, 'utf-16le');
  if (startsWith(bytes, 0xfe, 0xff)) return decoded(bytes, 'utf-16be');
  if (bytes.includes(0))
    return refused('holds zero bytes: it is UTF-16 without a mark, or no text. Save it as "CSV UTF-8"');
  if (encoding !== undefined) return decoded(bytes, encoding);
  const text = decoded(bytes, 'utf-8');
  return text.outcome === 'decoded'
    ? text
    : refused('is not UTF-8, probably Windows-1252. Save it as "CSV UTF-8", or add --encoding windows-1252');
};

/**
 * Decodes a file strictly: no byte becomes a replacement character. UTF-16 is known by its mark; anything else must be
 * UTF-8 or the stated encoding. A file that is no CSV at all is refused by what it is.
 */
export const decodeCsvFile = (bytes: Uint8Array, encoding?: Encoding): DecodedFile => {
  const file = decodeBytes(bytes, encoding);
  if (file.outcome === 'refused') return file;
  if (file.text.includes('\ufffd')) {
    return refused(
      'holds replacement characters (U+FFFD): letters were lost before. Export it again as "CSV UTF-8"',
    );
  }
  const start = file.text.trimStart();
  if (start === '') return refused('is empty');
  if (/^[{[]/.test(start)) {
    return refused('holds JSON, not CSV. Post a FHIR Bundle to /fhir, and other messages to /procedures');
  }
  return start.startsWith('<') ? refused('holds XML or HTML, not CSV') : file;
};
