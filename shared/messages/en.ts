/**
 * Everything a patient reads, in English. Plain words: a test holds our own sentences to grade 6. The words of
 * the PEG and PGIC items are those of their authors; see `docs/instruments.md`.
 */
export const en = {
  languageName: 'English',

  email: {
    hello: (givenName: string) => `Hello ${givenName},`,
    helloWithoutName: 'Hello,',
    signOff: (clinic: string) => `Your care team at ${clinic}`,
    instructions: {
      subject: 'Your care advice for the next few days',
      opening: (clinic: string) => `Thank you for coming to ${clinic}. This is what to do now.`,
      advice: [
        'Rest today. Do a little more each day.',
        'Follow the sheet that we gave you. If it says something else than this email, follow the sheet.',
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
        1: 'We have not had your answers yet. Please tell us how you are. It takes about 2 minutes.',
        2: 'This is the last time we ask for now. Please tell us how you are. It takes about 2 minutes.',
      },
      everyAnswerHelps:
        'Better, worse or the same: every answer helps us to care for you and for other people. You are free not to answer. It will not change your care.',
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
        `Please call us at ${phone} to choose a day. If you have a visit planned, you do not need to do anything.`,
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
      `You get this email because you are a patient of ${clinic} and gave us your email address.`,
    help: 'Get help, ask for a call, or tell us that this is not you',
    stop: 'Stop these emails',
  },

  /** What staff are told. It names nobody and nothing: who looks at the list learns the rest. */
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
    mayRepeat: 'You may get this email twice. On the list, each notice stands once.',
    signOff: (clinic: string) => `The email service of ${clinic}`,
    namesNobody: 'On purpose, this email does not say who it is or what it is about.',
    why: 'You get this email because this address is set as the one for the care team.',
  },

  page: {
    title: (page: string, clinic: string) => `${page} | ${clinic}`,
    errorTitle: (title: string) => `Error: ${title}`,
    languages: 'Language',
    emergencyLabel: 'Emergency',
    notWatched: 'No one watches these pages around the clock.',
    emergency: 'In an emergency, call 911.',
    footerLabel: 'Help and contact',
    questions: (clinic: string) => `Questions? Call ${clinic}:`,
    helpLink: 'Help and care advice',
    stopLink: 'Stop the emails',
    synthetic: 'Practice page. The data is made up. Do not enter real answers.',
  },

  warningSigns: {
    summary: 'When to get help at once',
    callEmergency: 'Call 911 if you have any of these:',
    emergencySigns: [
      'new weakness in your arms or legs',
      'a numb feeling between your legs',
      'you can no longer hold or pass urine or stool',
      'chest pain, or trouble breathing',
    ],
    callClinic: (phone: string) => `Call us the same day, at ${phone}, if you have any of these:`,
    clinicSigns: [
      'fever or chills',
      'a bad headache that does not go away',
      'skin that is red, hot, swollen or wet where you were treated',
      'pain that gets much worse',
    ],
    question: 'Do you have any of these right now?',
    asked: [
      'new weakness in your arms or legs',
      'a numb feeling between your legs',
      'you can no longer hold or pass urine or stool',
    ],
    yes: 'Yes, one or more of these',
    no: 'No, none of these',
    urgentTitle: 'Get help now',
    urgentBody: 'Call 911, or go to the nearest emergency room. Do not wait for us to call you.',
    urgentCall: 'Call 911',
    urgentTold: 'We tell your care team too. But they may not see it before the next working day.',
  },

  survey: {
    title: 'How are you doing?',
    intro: 'It takes about 2 minutes. Better, worse or the same: every answer helps.',
    optional: 'Only the first question needs an answer. You may skip the others.',
    part: (part: number, parts: number) => `Part ${part} of ${parts}`,
    step: (step: number | string, steps: number | string) => `Question ${step} of ${steps}`,
    next: 'Next',
    back: 'Back',
    kept: 'Saved. You can stop now and go on later with the same link.',
    notKept: 'Not saved yet. We will try again.',
    goOn: 'We kept what you answered before. You can go on from there.',
    trap: 'Leave this empty',
    screens: {
      condition: 'How you are now',
      'pain-now': 'Your pain right now',
      changes: 'Since your procedure',
      'past-week': 'Your past week',
      overall: 'All in all',
      signs: 'Before you send',
    },
    items: {
      condition: {
        question:
          'Think of the problem that you came to us for. Compared with before your procedure, it is now:',
        hint: '',
      },
      improvementPercent: {
        question: 'Only if it is better: how much better is it?',
        hint: 'A number from 1 to 100. 100 means that the problem is gone.',
      },
      pain: { question: 'Compared with before, your pain is now:', hint: '' },
      qualityOfLife: { question: 'Compared with before, your quality of life is now:', hint: '' },
      physicalFunction: {
        question:
          'Compared with before, how well can you do daily things, such as dressing, shopping or housework?',
        hint: '',
      },
      standingWalking: { question: 'Compared with before, how well can you stand and walk?', hint: '' },
      nrsPain: {
        question: 'How bad is your pain right now?',
        hint: '0 = no pain. 10 = the worst pain you can think of.',
      },
      pegPain: {
        question: 'What number best describes your pain on average in the past week?',
        hint: '0 = no pain. 10 = pain as bad as you can imagine.',
      },
      pegEnjoyment: {
        question:
          'What number best describes how, during the past week, pain has interfered with your enjoyment of life?',
        hint: '0 = does not interfere. 10 = completely interferes.',
      },
      pegActivity: {
        question:
          'What number best describes how, during the past week, pain has interfered with your general activity?',
        hint: '0 = does not interfere. 10 = completely interferes.',
      },
      pgic: { question: 'Since your procedure, all in all, you are:', hint: '' },
    },
    choices: {
      change: { worse: 'Worse', same: 'About the same', better: 'Better' },
      pain: { worse: 'Worse (more pain)', same: 'About the same', better: 'Better (less pain)' },
      pgic: [
        'Very much improved',
        'Much improved',
        'Minimally improved',
        'No change',
        'Minimally worse',
        'Much worse',
        'Very much worse',
      ],
    },
    percentUnit: 'percent',
    assisted: 'Someone is helping me to answer',
    send: 'Send my answers',
    saved: 'Your answers count only when you press the button.',
    errorSummary: 'Please look at this again',
    problems: {
      required: 'Please answer this question.',
      'not-a-choice': 'Choose one of the answers.',
      'not-a-whole-number': 'Write a whole number from 1 to 100. Use digits only.',
      'out-of-range': 'Write a whole number from 1 to 100.',
      'only-if-better':
        'You wrote how much better it is, but did not choose “Better”. Clear the number, or choose “Better”.',
      'unknown-item': 'The form sent something that we do not ask. Please check your answers and send again.',
    },
    conditionRequired: 'Tell us if it is worse, about the same, or better.',
    percentRequired: 'Write how much better it is, from 1 to 100.',
  },

  thanks: {
    title: 'Thank you',
    body: 'We have your answers. There is nothing more to do.',
    changed: 'We have saved your new answers.',
    changeUntil: (date: string) => `You can change your answers until ${date}.`,
    changeLink: 'Change my answers',
    painTitle: 'Your pain over time',
    painHint: '0 is no pain. 10 is the worst pain.',
    painChart: 'A chart. The table below has the same numbers.',
    painWhen: 'When',
    painValue: 'Pain',
    painTimes: {
      before: 'Before',
      '2w': '2 weeks',
      '1m': '1 month',
      '3m': '3 months',
      '6m': '6 months',
      '12m': '1 year',
    },
    callLink: 'Ask us to call you',
    use: 'Your care team may look at your answers. We also count them with those of other people. No one outside can tell which are yours.',
  },
  confirm: {
    title: 'One more step',
    body: 'We have your answers. They came very fast, so we want to be sure that a person sent them.',
    tick: 'Yes, these answers are mine',
    button: 'Confirm my answers',
  },
  tickFirst: 'Tick the box first. Then press the button.',
  answered: {
    title: 'You have already answered',
    body: 'We have your answers. Thank you. You do not need to do anything.',
  },
  closed: {
    title: 'This survey is closed',
    body: 'The time to answer it is over. We did not save anything new.',
    next: 'If you want to tell us how you are, call us.',
  },
  paused: {
    title: 'We have paused this survey',
    body: 'For now we take no new answers. This is not because of you. We still have all that you sent before.',
    comeBack: 'Please keep our email. Open the same link again in a day or two.',
    call: 'If you want to tell us how you are now, call us.',
  },
  unsubscribe: {
    title: 'Stop the emails?',
    body: (clinic: string) =>
      `${clinic} will then send you no more care emails and surveys. It does not change your care.`,
    stopTick: 'Yes, I want no more emails',
    stopButton: 'Stop the emails',
    stoppedTitle: 'We have stopped the emails',
    stoppedBody: 'You will get no more emails from this service. This does not change your care.',
    resumeTick: 'Yes, I want the emails again',
    resumeButton: 'Start the emails again',
    stayTitle: 'We do not write to this address',
    stayBody: 'If you want our emails again, please call us.',
    resumedTitle: 'You will get the emails again',
    resumedBody: 'Thank you. We will write to you when it is time.',
  },
  help: {
    title: 'Help and care advice',
    adviceTitle: 'Care advice',
    advice: [
      'Follow the sheet that we gave you. If it says something else than this page, follow the sheet.',
      'Rest on the first day. Then do a little more each day.',
      'Take your medicines as we told you. Do not stop one without asking us.',
      'It can take some days until you feel a change.',
    ],
    contactTitle: 'Do you want to talk to us?',
    contactBody: 'Press the button and we will call you on a working day. Do not use it in an emergency.',
    callMeTick: 'Yes, I want a call',
    callMeButton: 'Please call me',
    wrongPersonTitle: 'Is this not you?',
    wrongPersonBody: 'If the email was not meant for you, tell us. We will stop writing to you.',
    wrongPersonTick: 'Yes, the email was not for me',
    wrongPersonButton: 'This is not me',
    callMeDoneTitle: 'We will call you',
    callMeDoneBody: 'Your care team will call you on a working day.',
    wrongPersonDoneTitle: 'Thank you for telling us',
    wrongPersonDoneBody: 'We will not write to this address any more. You can delete the email.',
  },
  notices: {
    'not-found': {
      title: 'This link does not work',
      body: 'It may be too old, or a part of it may be missing. Open the link in our newest email, or call the clinic.',
    },
    'bad-request': {
      title: 'We could not read that',
      body: 'We did not save anything. Go back to the page from the link in the email, and try again.',
    },
    'too-many-tries': {
      title: 'Too many tries',
      body: 'There were very many changes from this link, so we did not save this one. We still have what you sent before. If you want to change it, call us.',
    },
    problem: {
      title: 'Something went wrong on our side',
      body: 'We may not have your answers. Open the link in the email again in some minutes.',
    },
  },
};

/** Every text, with its arguments. Each language file has this type, so a missing text does not compile. */
export type Messages = typeof en;
