import { worstCaseShown } from '../../shared/outcomes/claims/figures.ts';
import { floorPercent, type Interval } from '../../shared/outcomes/claims/statistics.ts';
import type {
  InternalCertificate,
  PublicCertificate,
  RuleResult,
  StripEntry,
} from '../../shared/outcomes/release/certificates.ts';
import { digestOf } from '../../shared/platform/digest.ts';

type Certificate = InternalCertificate | PublicCertificate;

const ruleTexts: Readonly<Record<RuleResult['rule'], string>> = {
  'too-few-answers': 'enough have answered',
  'small-count': 'enough have the outcome',
  'small-complement': 'enough do not have it',
  'small-nested-difference': 'enough are between it and the wider claim',
  'enough-new': 'at least 11 patients are new since it was last updated',
  'none-or-enough-left': 'none or at least 11 have left since',
  'disclosure-attack':
    'the disclosure attack finds no count from 1 to 10, in this release or with earlier ones',
};

const stageTexts = {
  eligible: 'treated',
  reachable: 'with a usable address',
  emailed: 'emailed this survey',
  delivered: 'known to be delivered',
  answered: 'answered',
  counted: 'counted (in time, not suspect)',
} as const;

const row = (label: string, value: string | number): string => `  ${label.padEnd(40)} ${value}`;

const share = (x: number, n: number): string => {
  const percent = floorPercent(x, n);
  return percent === null ? `${x} of ${n}` : `${x} of ${n} (${percent}%)`;
};

/** Formats an interval in tenths of a percent, rounded outwards. */
const between = (interval: Interval | null): string =>
  interval === null
    ? 'none'
    : `${(Math.floor(1000 * interval.low) / 10).toFixed(1)}% to ${(Math.ceil(1000 * interval.high) / 10).toFixed(1)}%`;

const headLines = ({ claim, definition, measure, release }: Certificate): readonly string[] => [
  `Claim ${claim.id}, version ${claim.version}, in release ${release.number} of ${release.createdOn}: ${claim.status}`,
  ...(claim.status === 'withheld' ? [`  ${claim.explanation.en}`] : [`  "${claim.sentence.en}"`]),
  ...(release.synthetic ? ['  The patients are synthetic.'] : []),
  '',
  'Definition',
  row('says', definition.sentence.en),
  row('of', definition.population.en),
  row('counts', measure.label),
  row('source', measure.source),
  row('when', `${definition.timepoint} after treatment, over at most ${definition.months} months`),
  row(
    'percentage',
    definition.rule === 'over'
      ? 'largest T with 100x > Tn, in whole numbers'
      : 'rounded down to a whole number',
  ),
  row('nested in', definition.nestedIn ?? 'none'),
  row('minimums', `${definition.minimums.answered} answers, ${definition.minimums.smallCell} in every group`),
  row('in force from', definition.effectiveFrom),
  row('SHA-256', digestOf(definition)),
  '',
];

const shownLines = ({ claim }: Certificate): readonly string[] =>
  claim.status === 'withheld'
    ? []
    : [
        'As published',
        row('figures of', `release ${claim.asOfRelease}, ${claim.asOf}`),
        row('treated', `${claim.period.from} to ${claim.period.to}`),
        row('percentage', `${claim.percent}% (${claim.tier})`),
        row('answered', claim.answered),
        row('response rate, at least', `${claim.responseRate}%${claim.lowResponse ? ', low' : ''}`),
        row('interval, at its widest', `${claim.interval.low}% to ${claim.interval.high}%`),
        row('worst case, at least', `${worstCaseShown(claim.percent, claim.responseRate)}%`),
        '',
      ];

const stripLine = ({ label, x, n, isDisclosable }: StripEntry): string =>
  row(label, `${share(x, n)}${isDisclosable ? '' : ', too small to disclose'}`);

const countLines = (certificate: InternalCertificate): readonly string[] => {
  const { counts, evidence, interval, bounds, strip, rules, countsOfRelease } = certificate;
  if (counts === undefined) return ['No counts yet.', ''];
  const eligible = counts.eligible;
  return [
    `Counts, as of release ${countsOfRelease}: for use inside the clinic only, not to be shared`,
    row('with the outcome', share(counts.x, counts.n)),
    row('95% interval (Wilson)', between(interval)),
    row('worst and best case', between(bounds)),
    '',
    ...(evidence === undefined
      ? []
      : [
          `From treatment to answer, treated from ${evidence.period.from} to ${evidence.period.to}`,
          ...evidence.funnel.map(({ stage, count }) => row(stageTexts[stage], share(count, eligible))),
          row('answered this question', share(counts.n, eligible)),
          '',
          'The same patients by other definitions',
          ...strip.map(stripLine),
          '',
        ]),
    `Rules (decision: ${certificate.decision})`,
    ...rules.map(({ rule, met }) => row(met ? 'met' : 'NOT met', ruleTexts[rule])),
    '',
  ];
};

const besideLines = ({ strip, claim }: PublicCertificate): readonly string[] => [
  ...(strip.length === 0 ? [] : ['Also shown about the same patients']),
  ...strip.map(({ label, percent }) => row(label, `${percent}%`)),
  ...(strip.length === 0 ? [] : ['']),
  claim.status === 'withheld'
    ? 'At least one disclosure rule is not met. Which one stays undisclosed: it would reveal which count is small.'
    : 'All disclosure rules are met, and the disclosure attack finds no count from 1 to 10 in what is public.',
  '',
];

const footLines = (certificate: Certificate): readonly string[] => {
  const { release } = certificate;
  const code = certificate.kind === 'internal' ? `, code ${certificate.codeVersion ?? 'unknown'}` : '';
  return [row('made by', `method ${release.methodVersion}${code}`), row('release digest', release.digest)];
};

/** Renders a certificate as plain text. */
export const certificateText = (certificate: Certificate): string =>
  [
    ...headLines(certificate),
    ...shownLines(certificate),
    ...(certificate.kind === 'internal' ? countLines(certificate) : besideLines(certificate)),
    ...footLines(certificate),
    '',
  ].join('\n');
