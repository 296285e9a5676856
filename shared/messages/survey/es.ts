import type { SurveyMessages } from './en.ts';

/**
 * Todo lo que leen los pacientes en las páginas a las que lleva un correo, en español, de usted. Un mensaje es «un
 * correo»; el medio es «correo electrónico». Las preguntas PEG son traducción propia, no validada.
 */
export const surveyEs: SurveyMessages = {
  languageName: 'Español',
  page: {
    title: (page, clinic) => `${page} | ${clinic}`,
    errorTitle: (title) => `Error: ${title}`,
    languages: 'Idioma',
    emergencyLabel: 'Emergencia',
    notWatched: 'Nadie vigila estas páginas a toda hora.',
    emergency: 'En una emergencia, llame al 911.',
    questions: (clinic) => `¿Preguntas? Llame a ${clinic}:`,
    helpLink: 'Ayuda y consejos de cuidado',
    stopLink: 'No recibir más correos',
    synthetic: 'Página de práctica. Los datos son inventados. No ponga respuestas reales.',
  },

  warningSigns: {
    summary: 'Cuándo pedir ayuda de inmediato',
    callEmergency: 'Llame al 911 si tiene algo de esto:',
    emergencySigns: [
      'debilidad nueva en los brazos o las piernas',
      'falta de sensación entre las piernas',
      'ya no puede aguantar u orinar, o no controla el intestino',
      'dolor de pecho o dificultad para respirar',
    ],
    callClinic: (phone) => `Llámenos el mismo día, al ${phone}, si tiene algo de esto:`,
    clinicSigns: [
      'fiebre o escalofríos',
      'un dolor de cabeza fuerte que no se quita',
      'piel roja, caliente, hinchada o húmeda donde le trataron',
      'un dolor que se pone mucho peor',
    ],
    question: '¿Tiene ahora algo de esto?',
    questionSigns: [
      'debilidad nueva en los brazos o las piernas',
      'falta de sensación entre las piernas',
      'ya no puede aguantar u orinar, o no controla el intestino',
    ],
    yes: 'Sí, una cosa o más',
    no: 'No, nada de esto',
    urgentTitle: 'Pida ayuda ya',
    urgentBody: 'Llame al 911 o vaya a la sala de urgencias más cercana. No espere a que le llamemos.',
    urgentCall: 'Llamar al 911',
    urgentCareTeam: 'También avisamos a su equipo. Pero puede que no lo vea hasta el próximo día de trabajo.',
  },

  survey: {
    title: '¿Cómo está usted?',
    intro: 'Son 2 minutos.',
    about: (day, procedure) => `Sobre su visita del ${day}: ${procedure}.`,
    procedures: {
      'facet-joint-injection': 'inyección facetaria',
      'epidural-steroid-injection': 'inyección epidural',
      mild: 'procedimiento mild',
      'facet-radiofrequency-ablation': 'tratamiento de los nervios facetarios',
    },
    optional: 'Basta con la primera pregunta.',
    part: (part, parts) => `Parte ${part} de ${parts}`,
    step: (step, steps) => `Pregunta ${step} de ${steps}`,
    next: 'Siguiente',
    back: 'Atrás',
    draftSaved: 'Guardado. Puede parar y seguir más tarde con el mismo enlace.',
    draftNotSaved: 'Todavía no está guardado. Vamos a probar otra vez.',
    draftRefused: 'Esto no se guardó. Envíe sus respuestas al final o abra el enlace otra vez.',
    notes: {
      resumed: 'Guardamos lo que ya respondió. Puede seguir desde ahí.',
      'send-again': 'No sabemos si las respuestas que tenemos son suyas. Por favor, responda aquí.',
      'change-all':
        'Para cuidar su privacidad, esta página no muestra lo que nos mandó antes. Por favor, responda otra vez. Sus nuevas respuestas reemplazan las anteriores.',
    },
    trap: 'Deje esto vacío',
    screens: {
      condition: 'Cómo está ahora',
      'pain-now': 'Su dolor en este momento',
      changes: 'Desde su procedimiento',
      'past-week': 'Su última semana',
      overall: 'En general',
      signs: 'Antes de enviar',
    },
    items: {
      condition: {
        question:
          'Piense en el problema por el que vino. Comparado con antes de su procedimiento, ahora está:',
        hint: '',
      },
      improvementPercent: {
        question: 'Solo si está mejor: ¿cuánto mejor está?',
        hint: 'Un número del 1 al 100. 100 quiere decir que el problema se fue.',
      },
      pain: { question: 'Comparado con antes, su dolor está ahora:', hint: '' },
      qualityOfLife: { question: 'Comparada con antes, su calidad de vida es ahora:', hint: '' },
      physicalFunction: {
        question:
          'Comparado con antes, ¿qué tan bien puede hacer las cosas de cada día, como vestirse, ir de compras o limpiar la casa?',
        hint: '',
      },
      standingWalking: {
        question: 'Comparado con antes, ¿qué tan bien puede estar de pie y caminar?',
        hint: '',
      },
      nrsPain: {
        question: '¿Cuánto dolor tiene en este momento?',
        hint: '0 = nada de dolor. 10 = el peor dolor que pueda pensar.',
      },
      pegPain: {
        question: '¿Qué número describe mejor su dolor, en promedio, durante la última semana?',
        hint: '0 = sin dolor. 10 = el peor dolor que pueda imaginar.',
      },
      pegEnjoyment: {
        question:
          '¿Qué número describe mejor cuánto ha interferido el dolor, durante la última semana, en su disfrute de la vida?',
        hint: '0 = no interfiere. 10 = interfiere por completo.',
      },
      pegActivity: {
        question:
          '¿Qué número describe mejor cuánto ha interferido el dolor, durante la última semana, en su actividad general?',
        hint: '0 = no interfiere. 10 = interfiere por completo.',
      },
      pgic: { question: 'Desde su procedimiento, en general, usted está:', hint: '' },
    },
    choices: {
      change: { worse: 'Peor', same: 'Más o menos igual', better: 'Mejor' },
      pain: { worse: 'Peor (más dolor)', same: 'Más o menos igual', better: 'Mejor (menos dolor)' },
      pgic: [
        'Muchísimo mejor',
        'Mucho mejor',
        'Un poco mejor',
        'Sin cambios',
        'Un poco peor',
        'Mucho peor',
        'Muchísimo peor',
      ],
    },
    percentUnit: 'por ciento',
    assisted: 'Alguien me ayuda a responder',
    send: 'Enviar mis respuestas',
    countWhenSent: 'Sus respuestas solo cuentan cuando pulsa el botón.',
    errorSummary: 'Por favor, mire esto otra vez',
    problems: {
      required: 'Por favor, responda esta pregunta.',
      'not-a-choice': 'Elija una de las respuestas.',
      'not-a-whole-number': 'Escriba un número entero del 1 al 100. Use solo cifras.',
      'out-of-range': 'Escriba un número entero del 1 al 100.',
      'only-if-better':
        'Escribió cuánto mejor está, pero no eligió «Mejor». Borre el número o elija «Mejor».',
      'unknown-item': 'Llegó algo que no preguntamos. Revise sus respuestas y envíe otra vez.',
    },
    conditionRequired: 'Díganos si está peor, más o menos igual o mejor.',
    percentRequired: 'Escriba cuánto mejor está, del 1 al 100.',
  },

  thanks: {
    title: 'Gracias',
    body: 'Tenemos sus respuestas. No tiene que hacer nada más.',
    changeUntil: (date) => `Puede cambiar sus respuestas hasta el ${date}.`,
    changeLink: 'Cambiar mis respuestas',
    callLink: 'Pedir que me llamen',
    use: 'Su equipo puede ver sus respuestas. También las contamos junto con las de otras personas. Nadie de fuera puede saber cuáles son las suyas.',
    useLate:
      'Su equipo puede ver sus respuestas. Llegaron demasiado tarde para contarlas con las de otras personas.',
  },
  confirm: {
    title: 'Un paso más',
    body: 'Estas respuestas llegaron muy rápido, y queremos saber que las envió una persona.',
    tick: 'Sí, estas respuestas son mías',
    button: 'Confirmar mis respuestas',
    again: 'No, quiero responder otra vez',
  },
  tickFirst: 'Primero marque la casilla. Después pulse el botón.',
  answered: {
    title: 'Ya respondió',
    body: 'Tenemos sus respuestas. Gracias. No tiene que hacer nada.',
  },
  closed: {
    title: 'Esta encuesta está cerrada',
    body: 'Ya pasó el tiempo para responder. No guardamos nada nuevo.',
    kept: 'Todavía tenemos las respuestas que nos mandó antes.',
    next: 'Si quiere contarnos cómo está, llámenos.',
  },
  revoked: {
    title: 'Este enlace ya no se usa',
    body: 'Si usted es nuestro paciente, abra el enlace de nuestro último correo o llámenos. Si no lo es, aquí puede pedir que no le escribamos más.',
  },
  paused: {
    title: 'La encuesta está en pausa',
    body: 'Por ahora no tomamos respuestas nuevas. No es por usted. Tenemos todo lo que nos mandó antes.',
    comeBack: 'Guarde nuestro correo. Abra el mismo enlace otra vez en uno o dos días.',
    call: 'Si nos quiere decir ahora cómo está, llámenos.',
  },
  unsubscribe: {
    title: '¿No quiere más correos?',
    body: (clinic) => `${clinic} no le enviará más correos de cuidado ni encuestas. Su atención no cambia.`,
    stopTick: 'Sí, no quiero más correos',
    stopButton: 'Parar los correos',
    stoppedTitle: 'Ya no le enviaremos correos',
    stoppedBody: 'No recibirá más correos de este servicio. Su atención no cambia.',
    resumeTick: 'Sí, quiero los correos otra vez',
    resumeButton: 'Recibir los correos otra vez',
    stayTitle: 'No escribimos a esta dirección',
    stayBody: 'Si quiere recibir los correos otra vez, llámenos.',
    resumedTitle: 'Recibirá los correos otra vez',
    resumedBody: 'Gracias. Le escribiremos cuando sea el momento.',
  },
  help: {
    title: 'Ayuda y consejos de cuidado',
    adviceTitle: 'Consejos de cuidado',
    advice: [
      'Siga la hoja que le dimos. Si dice algo distinto de esta página, siga la hoja.',
      'Descanse el primer día. Después haga un poco más cada día.',
      'Tome sus medicinas como le dijimos. No deje ninguna sin preguntarnos.',
      'Puede tardar unos días en sentir un cambio.',
    ],
    contactTitle: '¿Quiere hablar con nosotros?',
    contactBody: 'Pulse el botón y le llamaremos en un día de trabajo. No lo use en una emergencia.',
    callMeTick: 'Sí, quiero una llamada',
    callMeButton: 'Por favor, llámenme',
    wrongPersonTitle: '¿No es usted?',
    wrongPersonBody: 'Si el correo no era para usted, avísenos. Dejaremos de escribirle.',
    wrongPersonTick: 'Sí, el correo no era para mí',
    wrongPersonButton: 'No soy yo',
    callMeDoneTitle: 'Le llamaremos',
    callMeDoneBody: 'Su equipo le llamará en un día de trabajo.',
    wrongPersonDoneTitle: 'Gracias por avisarnos',
    wrongPersonDoneBody: 'No escribiremos más a esta dirección. Puede borrar el correo.',
  },
  failures: {
    'not-found': {
      title: 'Este enlace no funciona',
      body: 'Puede ser muy viejo, o le puede faltar una parte. Abra el enlace de nuestro último correo o llame a la clínica.',
    },
    'bad-request': {
      title: 'No pudimos leer eso',
      body: 'No guardamos nada. Vuelva a la página desde el enlace del correo y pruebe otra vez.',
    },
    'too-many-tries': {
      title: 'Demasiados intentos',
      body: 'Hubo demasiados cambios desde este enlace, y no guardamos este. Tenemos lo que nos mandó antes. Si lo quiere cambiar, llámenos.',
    },
    problem: {
      title: 'Algo falló de nuestro lado',
      body: 'Puede que no tengamos sus respuestas. Abra el enlace del correo otra vez en unos minutos.',
    },
  },
};
