/** Everything the emails say, in English. Plain words: a test holds our own sentences to grade 6. */
export const emailEn = {
  patient: {
    hello: (givenName: string) => `Hello ${givenName},`,
    helloWithoutName: 'Hello,',
    signOff: (clinic: string) => `Your care team at ${clinic}`,
    instructions: {
      subject: 'Your care advice for the next few days',
      opening: (clinic: string) => `Thank you for coming to ${clinic}. This is what to do now.`,
      advice: [
        'Rest today. Do a little more each day.',
        'Follow the sheet that we gave you. If it differs from this email, follow the sheet.',
        'Take your medicines as we told you. If you are not sure, call us.',
        'Look at the page below. It lists the signs that mean you should call us.',
      ],
      button: 'Read your care advice',
      closing: 'From time to time we will ask you how you are doing. It takes about 2 minutes.',
    },
    survey: {
      subjects: {
        0: 'How are you doing?',
        1: 'A reminder: how are you doing?',
        2: 'Last reminder: how are you doing?',
      },
      openings: {
        0: 'How have you been since we saw you? Please tell us. It takes about 2 minutes.',
        1: 'We do not have your answers yet. Please tell us how you are. It takes about 2 minutes.',
        2: 'This is the last time we will ask for now. Please tell us how you are. It takes about 2 minutes.',
      },
      about: (day: string) => `This is about your visit on ${day}.`,
      everyAnswerHelps:
        'Better, worse or the same: every answer helps us to care for you and for other people. You are free not to answer. That will not change your care.',
      scaleQuestion: 'You can start here. How bad is your pain right now?',
      scaleHint: '0 is no pain. 10 is the worst pain you can think of.',
      scaleNote:
        'Pick a number to open the survey. You can change it there. Opening it does not send an answer.',
      scaleLinkName: (value: number) => `Open the survey with ${value} out of 10`,
      button: 'Open the survey',
    },
    visit: {
      subject: 'Time to plan your next visit',
      opening: (clinic: string) => `It is time to plan your next visit to ${clinic}.`,
      body: (phone: string) =>
        `Please call us at ${phone} to choose a day. If you already have a visit planned, you do not need to do anything.`,
      button: 'Ask us to call you',
    },
    rehabilitation: {
      subject: 'The next step of your care plan',
      opening: 'Did we give you exercises, or send you to a therapist? Please keep going, a little each day.',
      body: (phone: string) =>
        `If you have not started yet, or if it is hard for you, call us at ${phone}. We will help you.`,
      button: 'Ask us to call you',
    },
    notWatched: 'No one reads these emails or answers around the clock.',
    emergency: 'In an emergency, call 911.',
    questions: (phone: string) => `Questions? Call us at ${phone}.`,
    why: (clinic: string) =>
      `You are getting this email because you are a patient of ${clinic} and gave us your email address.`,
    help: 'Get help, ask for a call, or tell us that this is not you',
    stop: 'Stop these emails',
  },

  /** Emails to staff name neither the patient nor the reason. The worklist has both. */
  staff: {
    subjects: {
      now: 'For the care team: please look now',
      today: 'For the care team: please look today',
    },
    openings: {
      now: 'A patient told us something that cannot wait. Please look at it now.',
      today: 'A patient asked us for something. Please look at it today.',
    },
    where: 'The list says who it is and what it is about. To open it:',
    mayRepeat: 'You may get this email twice. The list shows each notice only once.',
    signOff: (clinic: string) => `The email service of ${clinic}`,
    namesNoPatient: 'To protect the patient, this email does not say who it is or what it is about.',
    why: 'You are getting this email because this is the address of the care team.',
  },
};

/** Every text of the emails with its arguments. All languages have this type, so a missing text does not compile. */
export type EmailMessages = typeof emailEn;
