/**
 * Beginnings of words that give away a procedure, a body part, a drug or a score, in the languages we write
 * in, without accents. None may stand where others than the patient can see it: subject, sender, header, URL,
 * tag. 45 CFR 164.530(c) asks for limited information in email that is not encrypted end to end.
 */
const revealingStems = [
  // procedures
  'inject',
  'inyec',
  'infiltra',
  'epidural',
  'facet',
  'ablat',
  'ablac',
  'radiofreq',
  'radiofrec',
  'steroid',
  'esteroid',
  'decompress',
  'descompres',
  'stimulat',
  'estimula',
  'surg',
  'cirug',
  'procedure',
  'procedim',
  'operation',
  'operacion',
  'nerve',
  'nervio',
  'block',
  'bloqueo',
  'lamin',
  'stenosis',
  'estenosis',
  // body parts and complaints
  'spin',
  'espin',
  'column',
  'back',
  'espalda',
  'neck',
  'cuello',
  'lumbar',
  'cervic',
  'joint',
  'articul',
  'disc',
  'knee',
  'rodilla',
  'hip',
  'cadera',
  'shoulder',
  'hombro',
  'leg',
  'pierna',
  'pain',
  'dolor',
  'sciatic',
  'ciatic',
  'arthrit',
  'artrit',
  // drugs
  'opioid',
  'opiac',
  'lidoca',
  'cortiso',
  'dexameth',
  'dexamet',
  'methylpred',
  'triamcin',
  'bupivaca',
  'gabapent',
  'pregabal',
  'oxycod',
  'oxicod',
  'tramadol',
  'morphin',
  'morfin',
  // scores
  'score',
  'puntua',
  'puntaje',
  'nrs',
  'peg',
  'pgic',
  'oswestry',
  'promis',
  'percent',
  'porcent',
] as const;

/** Whole words only: as beginnings they would catch too many harmless ones. */
const revealingWords = ['mild', 'esi', 'rfa', 'mbb', 'odi', 'scs', 'arm', 'arms', 'brazo', 'brazos'] as const;

const pattern = new RegExp(
  `\\b(?:(?:${revealingStems.join('|')})\\p{L}*|(?:${revealingWords.join('|')})\\b)`,
  'iu',
);

/**
 * Takes a text that others may see (a subject, a sender's name, a URL), gives the first word in it that gives
 * away what was done to the patient, or undefined when there is none. Words in camelCase count as words.
 */
export const revealingWordIn = (text: string): string | undefined =>
  text
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[_\d]/g, ' ')
    .match(pattern)?.[0];
