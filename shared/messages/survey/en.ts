/**
 * Everything patients read on the pages behind an email, in English. Plain words: a test holds our own sentences to
 * grade 6. The PEG and PGIC items are quoted from their authors; see `docs/instruments.md`.
 */
export const surveyEn = {
  languageName: 'English',
  page: {
    title: (page: string, clinic: string) => `${page} | ${clinic}`,
    errorTitle: (title: string) => `Error: ${title}`,
    languages: 'Language',
    emergencyLabel: 'Emergency',
    notWatched: 'No one watches these pages around the clock.',
    emergency: 'In an emergency, call 911.',
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
    questionSigns: [
      'new weakness in your arms or legs',
      'a numb feeling between your legs',
      'you can no longer hold or pass urine or stool',
    ],
    yes: 'Yes, one or more of these',
    no: 'No, none of these',
    urgentTitle: 'Get help now',
    urgentBody: 'Call 911, or go to the nearest emergency room. Do not wait for us to call you.',
    urgentCall: 'Call 911',
    urgentCareTeam: 'We tell your care team too. But they may not see it before the next working day.',
  },
  survey: {
    title: 'How are you doing?',
    intro: 'It takes about 2 minutes.',
    about: (day: string, procedure: string) => `About your visit on ${day}: ${procedure}.`,
    /** What patients call what was done. */
    procedures: {
      'facet-joint-injection': 'facet joint injection',
      'epidural-steroid-injection': 'epidural injection',
      mild: 'mild procedure',
      'facet-radiofrequency-ablation': 'facet nerve treatment',
    },
    optional: 'Only the first question needs an answer.',
    part: (part: number, parts: number) => `Part ${part} of ${parts}`,
    step: (step: number | string, steps: number | string) => `Question ${step} of ${steps}`,
    next: 'Next',
    back: 'Back',
    draftSaved: 'Saved. You can stop now and go on later with the same link.',
    draftNotSaved: 'Not saved yet. We will try again.',
    draftRefused: 'This was not saved. Send your answers at the end, or open the link again.',
    notes: {
      resumed: 'We saved what you answered before. You can go on from there.',
      'send-again': 'We are not sure that the answers that we have came from you. Please answer here.',
      'change-all':
        'To keep your answers private, this page does not show what you sent before. Please answer again. Your new answers replace the old ones.',
    },
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
    countWhenSent: 'Your answers count only when you press the button.',
    errorSummary: 'Please look at this again',
    problems: {
      required: 'Please answer this question.',
      'not-a-choice': 'Choose one of the answers.',
      'not-a-whole-number': 'Write a whole number from 1 to 100. Use digits only.',
      'out-of-range': 'Write a whole number from 1 to 100.',
      'only-if-better':
        'You wrote how much better it is, but did not choose “Better”. Clear the number, or choose “Better”.',
      'unknown-item':
        'The form sent something that we do not ask for. Please check your answers and send again.',
    },
    conditionRequired: 'Tell us if it is worse, about the same, or better.',
    percentRequired: 'Write how much better it is, from 1 to 100.',
  },

  thanks: {
    title: 'Thank you',
    body: 'We have your answers. There is nothing more to do.',
    changeUntil: (date: string) => `You can change your answers until ${date}.`,
    changeLink: 'Change my answers',
    callLink: 'Ask us to call you',
    use: 'Your care team may look at your answers. We also count them together with those of other people. No one outside can tell which are yours.',
    useLate:
      'Your care team may look at your answers. They came too late to be counted with those of other people.',
  },
  confirm: {
    title: 'One more step',
    body: 'These answers came in very fast, so we want to be sure that a person sent them.',
    tick: 'Yes, these answers are mine',
    button: 'Confirm my answers',
    again: 'No, I want to answer again',
  },
  tickFirst: 'Tick the box first. Then press the button.',
  answered: {
    title: 'You have already answered',
    body: 'We have your answers. Thank you. You do not need to do anything.',
  },
  closed: {
    title: 'This survey is closed',
    body: 'The time to answer it is over. We did not save anything new.',
    kept: 'We still have the answers that you sent before.',
    next: 'If you want to tell us how you are, call us.',
  },
  revoked: {
    title: 'This link is no longer in use',
    body: 'If you are our patient, open the link in our latest email, or call us. If you are not, you can stop the emails here.',
  },
  paused: {
    title: 'We have paused this survey',
    body: 'We are not taking new answers for now. This is not because of you. We still have all that you sent before.',
    comeBack: 'Please keep our email. Open the same link again in a day or two.',
    call: 'If you want to tell us how you are now, call us.',
  },
  unsubscribe: {
    title: 'Stop the emails?',
    body: (clinic: string) =>
      `${clinic} will then send you no more care emails or surveys. This does not change your care.`,
    stopTick: 'Yes, I want no more emails',
    stopButton: 'Stop the emails',
    stoppedTitle: 'We have stopped the emails',
    stoppedBody: 'You will get no more emails from this service. This does not change your care.',
    resumeTick: 'Yes, I want the emails again',
    resumeButton: 'Start the emails again',
    stayTitle: 'We do not email this address',
    stayBody: 'If you want our emails again, please call us.',
    resumedTitle: 'You will get the emails again',
    resumedBody: 'Thank you. We will email you when it is time.',
  },
  help: {
    title: 'Help and care advice',
    adviceTitle: 'Care advice',
    advice: [
      'Follow the sheet that we gave you. If it differs from this page, follow the sheet.',
      'Rest on the first day. Then do a little more each day.',
      'Take your medicines as we told you. Do not stop one without asking us.',
      'It can take some days before you feel a change.',
    ],
    contactTitle: 'Do you want to talk to us?',
    contactBody: 'Press the button and we will call you on a working day. Do not use it in an emergency.',
    callMeTick: 'Yes, I want a call',
    callMeButton: 'Please call me',
    wrongPersonTitle: 'Is this not you?',
    wrongPersonBody: 'If the email was not meant for you, tell us. We will stop emailing you.',
    wrongPersonTick: 'Yes, the email was not for me',
    wrongPersonButton: 'This is not me',
    callMeDoneTitle: 'We will call you',
    callMeDoneBody: 'Your care team will call you on a working day.',
    wrongPersonDoneTitle: 'Thank you for telling us',
    wrongPersonDoneBody: 'We will not email this address any more. You can delete the email.',
  },
  /** Why a request got no page of its own. */
  failures: {
    'not-found': {
      title: 'This link does not work',
      body: 'It may be too old, or part of it may be missing. Open the link in our latest email, or call the clinic.',
    },
    'bad-request': {
      title: 'We could not read that',
      body: 'We did not save anything. Go back to the page from the link in the email, and try again.',
    },
    'too-many-tries': {
      title: 'Too many tries',
      body: 'There were too many changes from this link, so we did not save this one. We still have what you sent before. If you want to change it, call us.',
    },
    problem: {
      title: 'Something went wrong on our side',
      body: 'We may not have your answers. Open the link in the email again in a few minutes.',
    },
  },
};

/** Every text of the pages with its arguments. All languages have this type, so a missing text does not compile. */
export type SurveyMessages = typeof surveyEn;
