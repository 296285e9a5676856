import {
  addDays,
  afterQuietHours,
  daysBetween,
  instantAt,
  isQuiet,
  localDateOf,
  workingDayFrom,
} from '../../platform/calendar.ts';
import type { LocalDate, UtcInstant } from '../../platform/time.ts';
import { sendingTimes } from '../../protocol/plans.ts';
import type { Episode } from '../patient/episode.ts';
import type { PatientRecord } from '../patient/patient.ts';
import {
  closePassedWindows,
  type PlannedEmail,
  plannedEmails,
  withNextEmail,
  withoutPlannedEmails,
} from '../patient/planned-emails.ts';
import { stopOf } from '../patient/stop-facts.ts';
import { evolveTouchpoint } from '../patient/transitions.ts';

/** Minimum number of days between two survey invitations to a patient, over all episodes, where the window allows. */
export const minDaysBetweenInvitations = 7;

/** Minimum number of days from an email to the next one of the same patient; care advice does not wait for it. */
export const minDaysBetweenEmails = 2;

/** Days that must be left in a survey's window after an invitation has waited for the one before it. */
const daysLeftToAnswer = 3;

export type DeferReason =
  | 'quiet-hours'
  | 'not-a-working-day'
  | 'emailed-today'
  | 'emailed-lately'
  | 'invited-this-week'
  | 'invitation-first';

/**
 * What to do about a due episode. `send` and `wait` hold the episode to store: reserved, or with its pointer put
 * off. `stop`: the patient may not be emailed. `nothing`: it was not due after all.
 */
export type EmailDecision =
  | {
      readonly outcome: 'send';
      readonly episode: Episode;
      readonly planned: PlannedEmail;
      readonly address: string;
    }
  | { readonly outcome: 'wait'; readonly episode: Episode; readonly reason: DeferReason | 'nothing-open' }
  | { readonly outcome: 'stop'; readonly episode: Episode }
  | { readonly outcome: 'nothing' };

const latest = (dates: readonly (LocalDate | undefined)[]): LocalDate | undefined =>
  dates.reduce<LocalDate | undefined>(
    (max, date) => (date !== undefined && (max === undefined || date > max) ? date : max),
    undefined,
  );

type Moment = {
  readonly episode: Episode;
  readonly planned: PlannedEmail;
  readonly now: UtcInstant;
  readonly today: LocalDate;
  readonly lastEmailOn: LocalDate | undefined;
  readonly lastInvitationOn: LocalDate | undefined;
  /** Number of the patient's invitations that are due and need not wait for the week, in any episode. */
  readonly invitationsDue: number;
};

const isInvitation = ({ planned }: Moment): boolean =>
  planned.touchpoint.kind === 'survey' && planned.number === 1;

const morningOf = ({ planned, episode }: Moment, day: LocalDate): UtcInstant =>
  instantAt(
    planned.touchpoint.at === 'morning' ? workingDayFrom(day) : day,
    sendingTimes.morning,
    episode.zone,
  );

const isWeekOfInvitation = ({
  lastInvitationOn,
  today,
}: Pick<Moment, 'today' | 'lastInvitationOn'>): boolean =>
  lastInvitationOn !== undefined && daysBetween(lastInvitationOn, today) < minDaysBetweenInvitations;

const isCareAdvice = ({ planned }: Moment): boolean => planned.touchpoint.kind === 'instructions';

/** Number of emails that the spacing allows from a day on, until a day is left for answering. */
const slotsFrom = (day: LocalDate, { episode, planned }: Pick<Moment, 'episode' | 'planned'>): number => {
  const on = workingDayFrom(day);
  const isLate = daysBetween(episode.serviceDate, on) >= planned.touchpoint.window.closesDay;
  return isLate ? 0 : 1 + slotsFrom(addDays(on, minDaysBetweenEmails), { episode, planned });
};

const dayAfter = (last: LocalDate | undefined, days: number, today: LocalDate): LocalDate =>
  addDays(last ?? today, days);

/**
 * True when an invitation may wait for spacing without being lost: all that are due still fit into the window. A
 * reminder or a prompt may always wait, and is skipped when its window closes meanwhile.
 */
const mayWaitForSpacing = (moment: Moment): boolean =>
  !isInvitation(moment) ||
  slotsFrom(dayAfter(moment.lastEmailOn, minDaysBetweenEmails, moment.today), moment) >=
    moment.invitationsDue;

/** True when an invitation that waits for the week to pass leaves time to answer it. */
const leavesTimeToAnswer = ({
  episode,
  planned,
  lastInvitationOn,
  today,
}: Pick<Moment, 'episode' | 'planned' | 'lastInvitationOn' | 'today'>): boolean => {
  const on = workingDayFrom(dayAfter(lastInvitationOn, minDaysBetweenInvitations, today));
  return daysBetween(episode.serviceDate, on) + daysLeftToAnswer <= planned.touchpoint.window.closesDay;
};

/** Reasons to put off a due email, and until when. The first that applies decides. */
const deferrals: readonly {
  readonly reason: DeferReason;
  readonly applies: (moment: Moment) => boolean;
  readonly until: (moment: Moment) => UtcInstant;
}[] = [
  {
    reason: 'emailed-today',
    applies: ({ lastEmailOn, today }) => lastEmailOn !== undefined && lastEmailOn >= today,
    until: (moment) => morningOf(moment, addDays(moment.lastEmailOn ?? moment.today, 1)),
  },
  {
    reason: 'invited-this-week',
    applies: (moment) => isInvitation(moment) && isWeekOfInvitation(moment) && leavesTimeToAnswer(moment),
    until: (moment) =>
      morningOf(moment, addDays(moment.lastInvitationOn ?? moment.today, minDaysBetweenInvitations)),
  },
  {
    reason: 'emailed-lately',
    applies: (moment) =>
      !isCareAdvice(moment) &&
      moment.lastEmailOn !== undefined &&
      daysBetween(moment.lastEmailOn, moment.today) < minDaysBetweenEmails &&
      mayWaitForSpacing(moment),
    until: (moment) => morningOf(moment, dayAfter(moment.lastEmailOn, minDaysBetweenEmails, moment.today)),
  },
  {
    reason: 'invitation-first',
    applies: (moment) => !isInvitation(moment) && !isCareAdvice(moment) && moment.invitationsDue > 0,
    until: (moment) => morningOf(moment, addDays(moment.today, 1)),
  },
  {
    reason: 'not-a-working-day',
    applies: ({ planned, today }) => planned.touchpoint.at === 'morning' && workingDayFrom(today) !== today,
    until: (moment) => morningOf(moment, moment.today),
  },
  {
    reason: 'quiet-hours',
    applies: ({ now, episode }) => isQuiet(now, episode.zone),
    until: ({ now, episode }) => afterQuietHours(now, episode.zone),
  },
];

/** Emails are only planned where a reservation can happen; anything else is a fault in the rules. */
const reserved = (moment: Moment): Episode => {
  const { episode, planned, today } = moment;
  const after = evolveTouchpoint(episode, planned.touchpoint.id, { kind: 'reserved', on: today });
  if (after === undefined) throw new Error('An email is planned for a touchpoint that cannot be emailed.');
  return withNextEmail({
    ...after,
    lastEmailOn: today,
    ...(isInvitation(moment) ? { lastInvitationOn: today } : {}),
  });
};

const deferralOf = (moment: Moment) => deferrals.find(({ applies }) => applies(moment));

/** True when an episode has an invitation that is due and not held back by the week after another one. */
const hasInvitationDue = (
  episode: Episode,
  now: UtcInstant,
  week: Pick<Moment, 'today' | 'lastInvitationOn'>,
): boolean =>
  episode.nextDueAt !== undefined &&
  episode.nextDueAt <= now &&
  plannedEmails(closePassedWindows(episode, now)).some(
    (planned) =>
      planned.touchpoint.kind === 'survey' &&
      planned.number === 1 &&
      planned.at <= now &&
      !(isWeekOfInvitation(week) && leavesTimeToAnswer({ ...week, episode, planned })),
  );

/**
 * Of two emails that may go today, the one whose window closes first goes: the other can still go on another day.
 */
const closingDay = ({ planned }: Moment): number => planned.touchpoint.window.closesDay;

const earliest = (instants: readonly UtcInstant[]): UtcInstant | undefined => instants.toSorted()[0];

const waiting = (
  current: Episode,
  planned: readonly PlannedEmail[],
  deferred: readonly Moment[],
  now: UtcInstant,
): EmailDecision => {
  const [first] = deferred;
  const reason = first === undefined ? undefined : deferralOf(first)?.reason;
  const nextDueAt = earliest([
    ...deferred.flatMap((moment) => deferralOf(moment)?.until(moment) ?? []),
    ...planned.filter(({ at }) => at > now).map(({ at }) => at),
  ]);
  const moved = withNextEmail(current);
  return {
    outcome: 'wait',
    reason: reason ?? 'nothing-open',
    episode: nextDueAt === undefined ? moved : { ...moved, nextDueAt },
  };
};

/**
 * Decides about one of a patient's episodes at the last moment before sending. Every rule is checked again:
 * windows, quiet hours, working days, one email a day, the spacing of emails and of invitations over all episodes, and
 * whether the patient may be emailed at all. No survey is lost to spacing: where the next free day is too late for
 * its window, the invitation goes sooner.
 */
export const decideEmail = (record: PatientRecord, episode: Episode, now: UtcInstant): EmailDecision => {
  if (episode.nextDueAt === undefined || episode.nextDueAt > now) return { outcome: 'nothing' };
  const address = record.profile?.email;
  if (record.profile === undefined || stopOf(record.profile) !== undefined || address === undefined) {
    return { outcome: 'stop', episode: withoutPlannedEmails(episode, 'stopped') };
  }
  const current = closePassedWindows(episode, now);
  const planned = plannedEmails(current);
  const today = localDateOf(now, episode.zone);
  const lastInvitationOn = latest(record.episodes.map((other) => other.lastInvitationOn));
  const week = { today, lastInvitationOn };
  const invitationsDue = record.episodes.filter((other) => hasInvitationDue(other, now, week)).length;
  const due = planned
    .filter(({ at }) => at <= now)
    .map(
      (each): Moment => ({
        episode: current,
        planned: each,
        now,
        today,
        lastEmailOn: latest(record.episodes.map((other) => other.lastEmailOn)),
        lastInvitationOn,
        invitationsDue,
      }),
    );
  const open = due
    .filter((moment) => deferralOf(moment) === undefined)
    .toSorted((a, b) => closingDay(a) - closingDay(b))[0];
  return open === undefined
    ? waiting(current, planned, due, now)
    : { outcome: 'send', planned: open.planned, address, episode: reserved(open) };
};
