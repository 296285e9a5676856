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
import { evolveTouchpoint } from '../patient/transitions.ts';

/** At most one survey invitation to a patient in so many days, over all episodes. */
export const daysBetweenInvitations = 7;

export type DeferReason = 'quiet-hours' | 'not-a-working-day' | 'emailed-today' | 'invited-this-week';

/**
 * What to do about an episode that is due. `send` holds the episode as it is to be stored before the email
 * goes; `wait` the episode with its pointer put off or moved on; `nothing` that it was not due after all.
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

/** Why a planned that is due may not happen now, and from when it may. The first that applies decides. */
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
      daysBetween(moment.lastInvitationOn, moment.today) < daysBetweenInvitations,
    until: (moment) =>
      morningOf(moment, addDays(moment.lastInvitationOn ?? moment.today, daysBetweenInvitations)),
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

/** An email is only planned where a reservation can happen; anything else is a fault of the plan's rules. */
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

/** Of two that may go today the one whose window closes first goes: the other still can on another day. */
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
 * Takes all that is known of a patient, one of the patient's episodes and the time, and decides. Every rule
 * about when email may go is asked again here, at the last moment: windows, quiet hours, working days, one email
 * a patient a day over all episodes, one invitation in 7 days, and whether the patient may be emailed at all.
 */
export const decideEmail = (record: PatientRecord, episode: Episode, now: UtcInstant): EmailDecision => {
  if (episode.nextDueAt === undefined || episode.nextDueAt > now) return { outcome: 'nothing' };
  const address = record.profile?.email;
  if (record.profile?.stop !== undefined || address === undefined) {
    return { outcome: 'stop', episode: withoutPlannedEmails(episode, 'stopped') };
  }
  const current = closePassedWindows(episode, now);
  const planned = plannedEmails(current);
  const due = planned
    .filter(({ at }) => at <= now)
    .map(
      (planned): Moment => ({
        episode: current,
        planned,
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
