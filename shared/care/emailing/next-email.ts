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

/** Minimum number of days between two survey invitations to a patient, over all episodes. */
export const minDaysBetweenInvitations = 7;

export type DeferReason = 'quiet-hours' | 'not-a-working-day' | 'emailed-today' | 'invited-this-week';

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
};

const isInvitation = ({ planned }: Moment): boolean =>
  planned.touchpoint.kind === 'survey' && planned.number === 1;

const morningOf = ({ planned, episode }: Moment, day: LocalDate): UtcInstant =>
  instantAt(
    planned.touchpoint.at === 'morning' ? workingDayFrom(day) : day,
    sendingTimes.morning,
    episode.zone,
  );

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
    applies: (moment) =>
      isInvitation(moment) &&
      moment.lastInvitationOn !== undefined &&
      daysBetween(moment.lastInvitationOn, moment.today) < minDaysBetweenInvitations,
    until: (moment) =>
      morningOf(moment, addDays(moment.lastInvitationOn ?? moment.today, minDaysBetweenInvitations)),
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
 * windows, quiet hours, working days, one email a day and one invitation in 7 days over all episodes, and whether
 * the patient may be emailed at all.
 */
export const decideEmail = (record: PatientRecord, episode: Episode, now: UtcInstant): EmailDecision => {
  if (episode.nextDueAt === undefined || episode.nextDueAt > now) return { outcome: 'nothing' };
  const address = record.profile?.email;
  if (record.profile === undefined || stopOf(record.profile) !== undefined || address === undefined) {
    return { outcome: 'stop', episode: withoutPlannedEmails(episode, 'stopped') };
  }
  const current = closePassedWindows(episode, now);
  const planned = plannedEmails(current);
  const due = planned
    .filter(({ at }) => at <= now)
    .map(
      (each): Moment => ({
        episode: current,
        planned: each,
        now,
        today: localDateOf(now, episode.zone),
        lastEmailOn: latest(record.episodes.map((other) => other.lastEmailOn)),
        lastInvitationOn: latest(record.episodes.map((other) => other.lastInvitationOn)),
      }),
    );
  const open = due
    .filter((moment) => deferralOf(moment) === undefined)
    .toSorted((a, b) => closingDay(a) - closingDay(b))[0];
  return open === undefined
    ? waiting(current, planned, due, now)
    : { outcome: 'send', planned: open.planned, address, episode: reserved(open) };
};
