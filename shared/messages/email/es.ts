import type { EmailMessages } from './en.ts';

/**
 * Todo lo que dicen los correos, en español, de usted. Un mensaje es «un correo»; el medio es «correo electrónico».
 */
export const emailEs: EmailMessages = {
  patient: {
    hello: (givenName) => `Hola, ${givenName}:`,
    helloWithoutName: 'Hola:',
    signOff: (clinic) => `Su equipo de ${clinic}`,
    instructions: {
      subject: 'Sus consejos de cuidado para los próximos días',
      opening: (clinic) => `Gracias por venir a ${clinic}. Esto es lo que debe hacer ahora.`,
      advice: [
        'Descanse hoy. Haga un poco más cada día.',
        'Siga la hoja que le dimos. Si dice algo distinto de este correo, siga la hoja.',
        'Tome sus medicinas como le dijimos. Si tiene dudas, llámenos.',
        'Mire la página de abajo. Allí están las señales por las que debe llamarnos.',
      ],
      button: 'Leer mis consejos de cuidado',
      closing: 'De vez en cuando le preguntaremos cómo está. Le tomará unos 2 minutos.',
    },
    survey: {
      subjects: {
        0: '¿Cómo está usted?',
        1: 'Recordatorio: ¿cómo está usted?',
        2: 'Último recordatorio: ¿cómo está usted?',
      },
      openings: {
        0: '¿Cómo ha estado desde que le vimos? Cuéntenos. Le tomará unos 2 minutos.',
        1: 'Todavía no tenemos sus respuestas. Cuéntenos cómo está. Le tomará unos 2 minutos.',
        2: 'Es la última vez que le preguntamos por ahora. Cuéntenos cómo está. Le tomará unos 2 minutos.',
      },
      about: (day) => `Es sobre su visita del ${day}.`,
      everyAnswerHelps:
        'Mejor, peor o igual: cada respuesta nos ayuda a cuidar de usted y de otras personas. Usted decide si responde. Su atención no cambiará.',
      scaleQuestion: 'Puede empezar aquí. ¿Cuánto dolor tiene en este momento?',
      scaleHint: '0 es nada de dolor. 10 es el peor dolor que pueda pensar.',
      scaleNote:
        'Elija un número para abrir la encuesta. Allí lo puede cambiar. Abrirla no envía ninguna respuesta.',
      scaleLinkName: (value) => `Abrir la encuesta con ${value} de 10`,
      button: 'Abrir la encuesta',
    },
    visit: {
      subject: 'Es hora de planear su próxima visita',
      opening: (clinic) => `Es hora de planear su próxima visita a ${clinic}.`,
      body: (phone) =>
        `Llámenos al ${phone} para elegir un día. Si ya tiene una visita, no tiene que hacer nada.`,
      button: 'Pedir que me llamen',
    },
    rehabilitation: {
      subject: 'El próximo paso de su plan de cuidado',
      opening: '¿Le dimos ejercicios o le enviamos a un terapeuta? Siga adelante, un poco cada día.',
      body: (phone) => `Si aún no ha empezado, o si le cuesta, llámenos al ${phone}. Le ayudaremos.`,
      button: 'Pedir que me llamen',
    },
    notWatched: 'Nadie lee estos correos ni las respuestas a toda hora.',
    emergency: 'En una emergencia, llame al 911.',
    questions: (phone) => `¿Preguntas? Llámenos al ${phone}.`,
    why: (clinic) =>
      `Recibe este correo porque es paciente de ${clinic} y nos dio su dirección de correo electrónico.`,
    help: 'Obtener ayuda, pedir una llamada o avisar que no es usted',
    stop: 'No recibir más estos correos',
  },

  staff: {
    subjects: {
      now: 'Para el equipo de cuidado: mire esto ahora',
      today: 'Para el equipo de cuidado: mire esto hoy',
    },
    openings: {
      now: 'Un paciente nos dijo algo que no puede esperar. Mírelo ahora.',
      today: 'Un paciente nos pidió algo. Mírelo hoy.',
    },
    where: 'La lista dice quién es y de qué se trata. Para abrirla:',
    mayRepeat: 'Este correo puede llegar dos veces. En la lista, cada aviso está una sola vez.',
    signOff: (clinic) => `El servicio de correo electrónico de ${clinic}`,
    namesNoPatient: 'Para proteger al paciente, este correo no dice quién es ni de qué se trata.',
    why: 'Recibe este correo porque esta es la dirección del equipo de cuidado.',
  },
};
