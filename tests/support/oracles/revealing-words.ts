/**
 * Stems of words that reveal a procedure, a body part, a drug or a score, in every language we write in, without
 * accents. None may appear where anyone but the patient can see it: subject, sender, header, URL, tag. 45 CFR 164.530(c)
 * asks for limited information in email that is not encrypted end to end.
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

/** Matched as whole words only: as stems they would match too many harmless words. */
const revealingWords = ['mild', 'esi', 'rfa', 'mbb', 'odi', 'scs', 'arm', 'arms', 'brazo', 'brazos'] as const;

const pattern = new RegExp(
  `\\b(?:(?:${revealingStems.join('|')})\\p{L}*|(?:${revealingWords.join('|')})\\b)`,
  'iu',
);

/**
 * Returns the first word that reveals the patient's treatment in a text that others may see, such as a subject, a sender
 * name or a URL; undefined when there is none. camelCase is split into words.
 */
export const revealingWordIn = (text: string): string | undefined =>
  text
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[_\d]/g, ' ')
    .match(pattern)?.[0];
