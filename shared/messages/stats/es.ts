import type { StatsMessages } from './en.ts';

/** The texts of the statistics page besides those of the release itself, in Spanish. */
export const statsEs: StatsMessages = {
  languageName: 'Español',
  title: (clinic) => `Lo que refieren nuestros pacientes: ${clinic}`,
  heading: 'Lo que refieren nuestros pacientes',
  languages: 'Idioma',
  synthetic: 'Datos de muestra: estos pacientes son inventados. Nada de esto trata de una clínica real.',
  lead: 'Después de un procedimiento preguntamos por correo electrónico a cada paciente cómo está, sea cual sea la respuesta. Esto es lo que dicen, con lo necesario para juzgarlo.',
  release: (number, date) => `Publicación ${number} del ${date}`,

  claims: 'Las cifras',
  held: (release, date) =>
    `Cifras de la publicación ${release} (${date}). Habrá otras cuando se hayan sumado suficientes pacientes para mostrarlas sin riesgo.`,
  stale: 'Estas cifras tienen más de un año. Por favor, no las cite más.',
  chartDescription: (percent, low, high) =>
    `En una escala de 0 a 100 %, la cifra es ${percent} y el intervalo del 95 % va del ${low} % al ${high} %.`,
  over: (percent) => `más del ${percent} %`,
  percent: (percent) => `${percent} %`,
  intervalKey: 'Intervalo del 95 %',
  intervalValue: (low, high) => `del ${low} % al ${high} %`,
  tableTitle: 'Lo mismo en números',
  rows: {
    figure: 'Cifra',
    interval: 'Intervalo del 95 %, en su mayor amplitud',
    answered: 'Pacientes que respondieron esta pregunta',
    responseRate: 'Tasa de respuesta, de todos los tratados',
    worstCase: 'Si nadie más tuvo este resultado, de todos los tratados',
    treated: 'Tratados',
    asked: 'Preguntados',
    represents: 'Qué representa',
    definition: 'Definición',
  },
  atLeast: (percent) => `al menos el ${percent} %`,
  from: (from, to) => `de ${from} a ${to}`,
  later: (timepoint) => `unos ${timepoint} después`,
  definition: (id, version, hash) => `${id}, versión ${version}, SHA-256 ${hash}…`,
  lowResponse: 'baja: a los demás puede haberles ido de otra manera',
  tiers: {
    general:
      'Los pacientes así en general: también el extremo inferior de su intervalo exacto del 95 % supera la cifra.',
    descriptive:
      'Los pacientes que respondieron. Entre los pacientes en general la parte puede ser menor; vea el intervalo.',
  },
  copyHeading: 'Frase y nota al pie, para copiarlas juntas',
  copy: 'Copiar la frase con su nota al pie',
  copied: 'Copiado',
  copyFailed: 'Seleccione el texto y cópielo',
  source: (release, date, url) => `Fuente: publicación ${release} del ${date}, ${url}`,
  chartLink: 'Gráfico como imagen (SVG)',

  withheld: 'No se muestran',
  withheldLead:
    'También preguntamos por esto. Cada cifra figura aquí para que nada falte a causa de su resultado.',
  claimName: (measure, scope) => `${scope}: ${measure}`,
  scopes: {
    'facet-joint-injection': 'Inyección facetaria',
    'epidural-steroid-injection': 'Inyección epidural de esteroides',
    mild: 'Procedimiento mild®',
    'facet-radiofrequency-ablation': 'Ablación facetaria por radiofrecuencia',
    overall: 'Todos los procedimientos',
  },
  measures: {
    improved: 'mejoría del estado',
    'improved-at-least-30': 'mejoría del 30 % o más',
    'improved-at-least-half': 'mejoría del 50 % o más',
    'improved-over-half': 'mejoría de más del 50 %',
    'better-quality-of-life': 'mejor calidad de vida',
    'less-pain': 'menos dolor',
    'better-function': 'mejor función física',
    'better-standing-or-walking': 'mejor al permanecer de pie o caminar',
    'much-improved-pgic': 'mucho o muchísimo mejor',
    'nrs-responder-30': 'puntuación de dolor un 30 % menor o más',
    'nrs-responder-50': 'puntuación de dolor un 50 % menor o más',
    'peg-responder-30': 'puntuación PEG un 30 % menor o más',
  },

  method: 'Cómo contamos, y lo que esto no puede decirle',
  methodParts: [
    [
      'Los pacientes refieren',
      'Son respuestas de pacientes sobre sí mismos. Decimos lo que refieren los pacientes. No decimos que un procedimiento funcione: para eso un ensayo lo compara con otra cosa, y aquí no hay con qué comparar.',
    ],
    [
      'La gente también mejora sola',
      'La gente viene a tratarse cuando peor está, y muchos estarían mejor unos meses después sin tratamiento (regresión a la media). Una parte de cada cifra es eso.',
    ],
    [
      'A quién se cuenta',
      'Cuenta como posible toda persona cuyo procedimiento se comunicó: también si su correo electrónico fue devuelto, si nunca respondió o si se dio de baja. La tasa de respuesta es una parte de todas ellas. Cada paciente cuenta una vez por cifra, por el primer procedimiento del período.',
    ],
    [
      'Quién no respondió',
      'No sabemos cómo está. Por eso junto a cada cifra figura el peor caso: la parte de todos los tratados si nadie más tuvo ese resultado.',
    ],
    [
      'Cómo se redondea',
      'Nunca hacia arriba. «Más del 90 %» significa que lo dijeron más de 90 de cada 100 que respondieron; 90 exactos no son más de 90. Los demás porcentajes se redondean hacia abajo. El intervalo es el de Wilson al 95 %, tan amplio como puede ser para cualquier número de pacientes de la banda que se muestra.',
    ],
    [
      'Lo que se fijó antes',
      'El texto, la pregunta, el período y la regla de cada cifra se fijan antes de que lleguen las respuestas. Toda cifra se publica, también cuando baja, o figura como no mostrada con el motivo.',
    ],
    [
      'Nadie puede ser reconocido',
      'No se puede deducir ningún número de pacientes de 1 a 10, ni siquiera restando una publicación de otra. Por eso los números de pacientes son bandas, y una cifra solo cambia cuando han respondido al menos 11 pacientes más.',
    ],
  ],

  empty: 'Todavía no hay nada publicado',
  emptyBody:
    'Las primeras cifras aparecen aquí cuando al menos 30 pacientes han respondido la encuesta 3 meses después de un procedimiento y nadie puede ser reconocido por ellas.',
  unavailable: 'Las cifras no se pueden mostrar en este momento',
  unavailableBody:
    'Solo mostramos cifras comprobadas con su huella publicada, y ahora no ha sido posible. Vuelva más tarde, por favor.',

  use: 'Usar y comprobar estas cifras',
  json: 'Esta publicación como datos (JSON)',
  csv: 'Esta publicación como hoja de cálculo (CSV)',
  schema: 'El esquema de los datos',
  earlier: 'Publicaciones anteriores',
  check: 'Comprobar que nada ha cambiado',
  checkBody:
    'Cada publicación tiene una huella (SHA-256) que cambia con cualquiera de sus letras y que la publicación siguiente repite. El archivo de datos es el mismo texto del que se calculó, así que cualquiera puede comprobarlo, sin ninguna herramienta nuestra:',
  checkExpect: 'Debe mostrar:',
  checkButton: 'Comprobar en este navegador',
  checkOk: 'Comprobado: los datos tienen exactamente esta huella.',
  checkBad: 'Los datos no tienen esta huella. No se fíe de ellos y, por favor, avísenos.',
  checkFailed: 'No se pudieron obtener los datos. Use la orden de arriba, por favor.',
  embed: 'Mostrar cifras en su página',
  embedBody:
    'Se actualizan solas. Lo que está entre las etiquetas se ve donde no hay scripts, o si una cifra ya no se publica:',
  embedFallback: 'Lo que refieren nuestros pacientes',
};
