import { addDays, daysBetween, localDateOf, workingDayFrom } from '../../platform/calendar.ts';
import type { LocalDate, UtcInstant } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import { planOf, type Touchpoint, type TouchpointId } from '../../protocol/plans.ts';
import type { Episode } from '../patient/episode.ts';
import type { PatientId } from '../patient/ids.ts';
import type { PatientRecord } from '../patient/patient.ts';
import { isWindowOpen, plannedEmails } from '../patient/planned-emails.ts';
import { activeStops, isAddressUsable, isPersonReachable } from '../patient/stop-facts.ts';
import { stateOf } from '../patient/transitions.ts';

/**
 * Why the care team should call. `no-answer`: all emails of a survey went and its window is still open, or it closes
 * soon. `not-delivered`: the delivery of an email is unknown. `cannot-be-emailed`: care advice, a prompt or a survey
 * is due and there is no usable address. `missed`: the time for an email passed without one. `said-to-be-dead`: the
 * patient was treated after the day on which a source reported a death, so one of the two is a mistake.
 */
export type CallReason = 'no-answer' | 'not-delivered' | 'cannot-be-emailed' | 'missed' | 'said-to-be-dead';

/** A call to make: to whom, about what, and until when an answer counts. */
export type Call = {
  readonly patientId: PatientId;
  readonly reason: CallReason;
  readonly family: FamilyId;
  readonly serviceDate: LocalDate;
  readonly touchpoint: TouchpointId;
  readonly until: LocalDate;
};

/** Days a patient has to answer the last reminder before a call is due. */
const daysToAnswer = 3;

/**
 * Working days at the end of its window for which an unanswered survey is listed at the least, even while a reminder
 * is still to come: at two weeks the last reminder leaves a day or none to wait for an answer.
 */
export const minListedDays = 3;

/** Days a patient has to answer the first email where the window closes soon. */
const daysToAnswerInTime = 1;

/** Days after a procedure in which care advice that cannot be emailed is worth a call. */
const daysForAdvice = 7;

/** Days after its reservation from which an unconfirmed email counts as undelivered. */
const daysToArrive = 1;

/** Days after its window closed for which a missed email is worth a call. */
const daysAfterMissed = 14;

type Situation = {
  readonly episode: Episode;
  readonly touchpoint: Touchpoint;
  readonly today: LocalDate;
  readonly isReachable: boolean;
  readonly isOpen: boolean;
};

const hasPassedSince = (day: LocalDate | undefined, days: number, today: LocalDate): boolean =>
  day !== undefined && daysBetween(day, today) >= days;

const workingDaysFrom = (from: LocalDate, until: LocalDate): number => {
  const day = workingDayFrom(from);
  return day > until ? 0 : 1 + workingDaysFrom(addDays(day, 1), until);
};

const lastDayOf = ({ episode, touchpoint }: Pick<Situation, 'episode' | 'touchpoint'>): LocalDate =>
  addDays(episode.serviceDate, touchpoint.window.closesDay);

/** True in the last days of a window in which the care team can still reach the patient. */
const closesSoon = (situation: Situation): boolean => {
  const last = lastDayOf(situation);
  return workingDaysFrom(situation.today, last) <= minListedDays;
};

/** True for care advice, a prompt or a survey of which nothing has reached the patient, or no answer come back. */
const isOwed = (situation: Situation): boolean => {
  const { episode, touchpoint, today, isOpen } = situation;
  if (touchpoint.kind === 'survey') return isOpen && isUnanswered(situation);
  const isTimely =
    isOpen ||
    (touchpoint.kind === 'instructions' && daysBetween(episode.serviceDate, today) <= daysForAdvice);
  return isTimely && stateOf(episode, touchpoint.id).delivered !== true;
};

const isUnanswered = ({ episode, touchpoint }: Situation): boolean =>
  touchpoint.kind === 'survey' && stateOf(episode, touchpoint.id).status !== 'answered';

/** The first rule that applies is the reason. */
const rules: readonly { readonly reason: CallReason; readonly applies: (situation: Situation) => boolean }[] =
  [
    {
      reason: 'cannot-be-emailed',
      applies: (situation) => !situation.isReachable && isOwed(situation),
    },
    {
      reason: 'not-delivered',
      applies: ({ episode, touchpoint, today, isReachable, isOpen }) => {
        const { status, delivered, lastEmailOn } = stateOf(episode, touchpoint.id);
        const isUnconfirmed = status === 'emailed' && delivered !== true;
        return isReachable && isOpen && isUnconfirmed && hasPassedSince(lastEmailOn, daysToArrive, today);
      },
    },
    {
      reason: 'no-answer',
      applies: (situation) => {
        const { episode, touchpoint, today, isReachable, isOpen } = situation;
        const { status, firstEmailOn, lastEmailOn } = stateOf(episode, touchpoint.id);
        const isAwaited = isReachable && isOpen && isUnanswered(situation) && status === 'emailed';
        const hasMore = plannedEmails(episode).some((planned) => planned.touchpoint.id === touchpoint.id);
        if (!isAwaited) return false;
        return hasMore || !hasPassedSince(lastEmailOn, daysToAnswer, today)
          ? hasPassedSince(firstEmailOn, daysToAnswerInTime, today) && closesSoon(situation)
          : true;
      },
    },
    {
      reason: 'missed',
      applies: ({ episode, touchpoint, today, isReachable }) => {
        const { status } = stateOf(episode, touchpoint.id);
        const daysSince = daysBetween(addDays(episode.serviceDate, touchpoint.window.closesDay), today);
        const isUnsent = status === 'planned' || status === 'skipped';
        return isReachable && isUnsent && daysSince >= 1 && daysSince <= daysAfterMissed;
      },
    },
  ];

/** Returns the call about a treatment of a patient who is said to have died before it. */
const contradictedDeath = ({ patientId, profile, episodes }: PatientRecord): Call | undefined => {
  const death = profile === undefined ? undefined : activeStops(profile).find(({ kind }) => kind === 'died');
  if (death === undefined) return undefined;
  const treated = episodes.find(
    ({ status, serviceDate, zone }) => status !== 'cancelled' && serviceDate > localDateOf(death.since, zone),
  );
  if (treated === undefined) return undefined;
  const { family, serviceDate } = treated;
  const until = addDays(serviceDate, daysForAdvice);
  return { patientId, reason: 'said-to-be-dead', family, serviceDate, touchpoint: 'instructions', until };
};

/**
 * Returns the calls due to a patient, in order of their last day. None when the patient does not want contact or
 * has died, or the procedure was retracted.
 */
export const callsFor = (record: PatientRecord, now: UtcInstant): readonly Call[] => {
  const { patientId, profile } = record;
  if (profile === undefined) return [];
  const contradicted = contradictedDeath(record);
  if (contradicted !== undefined) return [contradicted];
  if (!isPersonReachable(profile)) return [];
  const isReachable = isAddressUsable(profile);
  return record.episodes
    .filter(({ status }) => status !== 'cancelled')
    .flatMap((episode) => {
      const today = localDateOf(now, episode.zone);
      return planOf(episode.family, episode.planVersion).touchpoints.flatMap(
        (touchpoint): readonly Call[] => {
          const isOpen = isWindowOpen(episode, touchpoint, today);
          const situation = { episode, touchpoint, today, isOpen, isReachable };
          const rule = rules.find(({ applies }) => applies(situation));
          if (rule === undefined) return [];
          const { family, serviceDate } = episode;
          const until = addDays(serviceDate, touchpoint.window.closesDay);
          return [{ patientId, reason: rule.reason, family, serviceDate, touchpoint: touchpoint.id, until }];
        },
      );
    })
    .toSorted((a, b) => a.until.localeCompare(b.until));
};
