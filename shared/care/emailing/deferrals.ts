import {
  addDays,
  afterQuietHours,
  daysBetween,
  instantAt,
  isQuiet,
  workingDayFrom,
} from '../../platform/calendar.ts';
import type { LocalDate, UtcInstant } from '../../platform/time.ts';
import { sendingTimes } from '../../protocol/plans.ts';
import type { Episode } from '../patient/episode.ts';
import { closePassedWindows, type PlannedEmail, plannedEmails } from '../patient/planned-emails.ts';

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

/** A due email at the moment at which it might go, and what its patient has got so far. */
export type Moment = {
  readonly episode: Episode;
  readonly planned: PlannedEmail;
  readonly now: UtcInstant;
  readonly today: LocalDate;
  readonly lastEmailOn: LocalDate | undefined;
  readonly lastInvitationOn: LocalDate | undefined;
  /** Number of the patient's invitations that are due and need not wait for the week, in any episode. */
  readonly invitationsDue: number;
};

export const isInvitation = ({ planned }: Moment): boolean =>
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

/** Returns why a due email must wait, or undefined when it may go. */
export const deferralOf = (moment: Moment) => deferrals.find(({ applies }) => applies(moment));

/** True when an episode has an invitation that is due and not held back by the week after another one. */
export const hasInvitationDue = (
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
