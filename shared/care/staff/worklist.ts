import { addDays, daysBetween, localDateOf } from '../../platform/calendar.ts';
import type { LocalDate, UtcInstant } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import { planOf, type Touchpoint, type TouchpointId } from '../../protocol/plans.ts';
import type { Episode } from '../patient/episode.ts';
import type { PatientId } from '../patient/ids.ts';
import type { PatientRecord } from '../patient/patient.ts';
import { isWindowOpen, plannedEmails } from '../patient/planned-emails.ts';
import { isAboutAddress } from '../patient/stops.ts';
import { stateOf } from '../patient/transitions.ts';

/**
 * Why somebody on the staff should call. `no-answer`: all emails of a survey went and its window is still open.
 * `not-delivered`: nobody knows whether the email arrived. `cannot-be-emailed`: a survey is open and there is no usable
 * address. `missed`: the time for an email passed without one.
 */
export type CallReason = 'no-answer' | 'not-delivered' | 'cannot-be-emailed' | 'missed';

/** One call: whom, about what, and until when an answer counts. */
export type Call = {
  readonly patientId: PatientId;
  readonly reason: CallReason;
  readonly family: FamilyId;
  readonly serviceDate: LocalDate;
  readonly touchpoint: TouchpointId;
  readonly until: LocalDate;
};

/** So many days are left to answer the last reminder before anybody calls. */
const daysToAnswer = 3;

/** An email that nobody has confirmed so many days after it was claimed is taken for undelivered. */
const daysToArrive = 1;

/** An email that was missed is worth a call for so many days after its window closed. */
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

const isUnanswered = ({ episode, touchpoint }: Situation): boolean =>
  touchpoint.kind === 'survey' && stateOf(episode, touchpoint.id).status !== 'answered';

/** In this order: the first that applies is the reason. */
const rules: readonly { readonly reason: CallReason; readonly applies: (situation: Situation) => boolean }[] =
  [
    {
      reason: 'cannot-be-emailed',
      applies: (situation) => !situation.isReachable && situation.isOpen && isUnanswered(situation),
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
        const { status, lastEmailOn } = stateOf(episode, touchpoint.id);
        const isAwaited = isReachable && isOpen && isUnanswered(situation) && status === 'emailed';
        const hasMore = plannedEmails(episode).some((planned) => planned.touchpoint.id === touchpoint.id);
        return isAwaited && !hasMore && hasPassedSince(lastEmailOn, daysToAnswer, today);
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

/**
 * Takes a patient's record and the time, gives the calls that the patient is due, in the order of their days. None
 * when the patient does not want to hear from us, has died, or the procedure was taken back.
 */
export const callsFor = (record: PatientRecord, now: UtcInstant): readonly Call[] => {
  const { patientId, profile } = record;
  const stop = profile?.stop?.reason;
  if (profile === undefined || (stop !== undefined && !isAboutAddress(stop))) return [];
  return record.episodes
    .filter(({ status }) => status !== 'cancelled')
    .flatMap((episode) => {
      const today = localDateOf(now, episode.zone);
      return planOf(episode.family, episode.planVersion).touchpoints.flatMap(
        (touchpoint): readonly Call[] => {
          const isOpen = isWindowOpen(episode, touchpoint, today);
          const situation = { episode, touchpoint, today, isOpen, isReachable: stop === undefined };
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
