import { localDateOf } from '../../platform/calendar.ts';
import type { LocalDate, UtcInstant } from '../../platform/time.ts';
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
import { type DeferReason, deferralOf, hasInvitationDue, isInvitation, type Moment } from './deferrals.ts';

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
