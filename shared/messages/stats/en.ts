/** The texts of the statistics page besides those of the release itself, in English. */
export const statsEn = {
  languageName: 'English',
  title: (clinic: string) => `What our patients report: ${clinic}`,
  heading: 'What our patients report',
  languages: 'Language',
  synthetic: 'Sample data: these patients are made up. Nothing here is about a real clinic.',
  lead: 'After a procedure we ask every patient by email how they are, whatever the answer. Here is what they say, with what you need to judge it.',
  release: (number: number, date: string) => `Release ${number} of ${date}`,

  claims: 'The figures',
  held: (release: number, date: string) =>
    `Figures of release ${release} (${date}). New ones follow when enough patients have been added to show them safely.`,
  stale: 'These figures are more than a year old. Please do not quote them any more.',
  chartDescription: (percent: string, low: number, high: number) =>
    `On a scale from 0 to 100%, the figure is ${percent} and the 95% interval reaches from ${low}% to ${high}%.`,
  over: (percent: number) => `over ${percent}%`,
  percent: (percent: number) => `${percent}%`,
  intervalKey: '95% interval',
  intervalValue: (low: number, high: number) => `${low}% to ${high}%`,
  tableTitle: 'The same in numbers',
  rows: {
    figure: 'Figure',
    interval: '95% interval, at its widest',
    answered: 'Patients who answered this question',
    responseRate: 'Response rate, of all those treated',
    worstCase: 'If nobody else had this result, of all those treated',
    treated: 'Treated',
    asked: 'Asked',
    represents: 'What it stands for',
    definition: 'Definition',
  },
  atLeast: (percent: number) => `at least ${percent}%`,
  from: (from: string, to: string) => `${from} to ${to}`,
  later: (timepoint: string) => `about ${timepoint} later`,
  definition: (id: string, version: number, hash: string) => `${id}, version ${version}, SHA-256 ${hash}…`,
  lowResponse: 'low: the others may have fared differently',
  tiers: {
    general:
      'Patients like these in general: the lower end of their exact 95% interval clears the figure too.',
    descriptive:
      'The patients who answered. For patients in general the share may be lower; see the interval.',
  },
  copyHeading: 'Sentence and footnote, to copy together',
  copy: 'Copy the sentence with its footnote',
  copied: 'Copied',
  copyFailed: 'Select the text and copy it',
  source: (release: number, date: string, url: string) => `Source: release ${release} of ${date}, ${url}`,
  chartLink: 'Chart as a picture (SVG)',

  withheld: 'Not shown',
  withheldLead:
    'We also ask about these. Each is listed here so that nothing is left out because of its result.',
  claimName: (measure: string, scope: string) => `${scope}: ${measure}`,
  scopes: {
    'facet-joint-injection': 'Facet joint injection',
    'epidural-steroid-injection': 'Epidural steroid injection',
    mild: 'The mild® procedure',
    'facet-radiofrequency-ablation': 'Facet radiofrequency ablation',
    overall: 'All procedures',
  },
  measures: {
    improved: 'improvement of the condition',
    'improved-at-least-30': 'improvement of 30% or more',
    'improved-at-least-half': 'improvement of 50% or more',
    'improved-over-half': 'improvement of more than 50%',
    'better-quality-of-life': 'better quality of life',
    'less-pain': 'less pain',
    'better-function': 'better physical function',
    'better-standing-or-walking': 'better standing or walking',
    'much-improved-pgic': 'much or very much improved',
    'nrs-responder-30': 'pain score lower by 30% or more',
    'nrs-responder-50': 'pain score lower by 50% or more',
    'peg-responder-30': 'PEG score lower by 30% or more',
  },

  method: 'How we count, and what it cannot tell you',
  methodParts: [
    [
      'Patients report',
      'These are the answers of patients about themselves. We say what patients report. We do not say that a procedure works: for that, a trial compares it with something else, and there is nothing to compare with here.',
    ],
    [
      'People get better anyway',
      'People come for treatment when they are at their worst, and many would be better some months later without it (regression to the mean). Part of every figure here is that.',
    ],
    [
      'Who is counted',
      'Everybody whose procedure was reported is eligible: also those whose email bounced, who never answered or who opted out. The response rate is a share of all of them. Each patient counts once per figure, by the first procedure of the period.',
    ],
    [
      'Who did not answer',
      'We do not know how they are. So next to each figure stands the worst case: the share of all those treated if nobody else had the result.',
    ],
    [
      'How figures are rounded',
      'Never up. "Over 90%" means that more than 90 of every 100 who answered said so; exactly 90 is not over 90. Other percentages are rounded down. The interval is the Wilson interval at 95%, as wide as it can be for any number of patients in the band shown.',
    ],
    [
      'What was fixed before',
      'The wording, the question, the period and the rule of each figure are fixed before the answers come in. Every figure is published, also when it falls, or listed as not shown with the reason.',
    ],
    [
      'Nobody can be recognised',
      'No number of patients from 1 to 10 can be worked out, not even by subtracting one release from another. That is why numbers of patients are bands, and why a figure only moves when at least 11 more patients have answered.',
    ],
  ],

  empty: 'Nothing is published yet',
  emptyBody:
    'The first figures appear here once at least 30 patients have answered the survey 3 months after a procedure, and nobody can be recognised by them.',
  unavailable: 'The figures cannot be shown just now',
  unavailableBody:
    'We only show figures that we have checked against their published digest, and could not do so just now. Please come back later.',

  use: 'Use and check these figures',
  json: 'This release as data (JSON)',
  csv: 'This release as a spreadsheet (CSV)',
  schema: 'The schema of the data',
  earlier: 'Earlier releases',
  check: 'Check that nothing was changed',
  checkBody:
    'Every release has a digest (SHA-256) that changes if a single letter changes, and that the next release repeats. The data file is the exact text that was digested, so anyone can check it, without any tool of ours:',
  checkExpect: 'It must print:',
  checkButton: 'Check in this browser',
  checkOk: 'Checked: the data has exactly this digest.',
  checkBad: 'The data does not have this digest. Do not rely on it, and please tell us.',
  checkFailed: 'The data could not be fetched. Please use the command above.',
  embed: 'Show figures on your page',
  embedBody:
    'They update themselves. What is between the tags shows where scripts are off, or if a figure is no longer published:',
  embedFallback: 'What our patients report',
};

/** All languages have this type, so a missing text does not compile. */
export type StatsMessages = typeof statsEn;
