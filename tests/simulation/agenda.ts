import { instantOfMilliseconds, type UtcInstant } from '../../shared/platform/time.ts';

/** Adds seconds to an instant. Plain arithmetic on the UTC time, because it is called often. */
export const later = (at: UtcInstant, seconds: number): UtcInstant =>
  instantOfMilliseconds(Date.parse(at) + seconds * 1000);

type Task = { readonly at: UtcInstant; readonly order: number; readonly run: () => Promise<void> };

/** Planned tasks in the order of their times; those of one moment in the order they were planned. */
export type Agenda = {
  readonly plan: (at: UtcInstant, run: () => Promise<void>) => void;
  readonly planIn: (now: UtcInstant, hours: number, run: () => Promise<void>) => void;
  readonly nextAt: () => UtcInstant | undefined;
  /** Removes and returns the tasks of that moment or before. */
  readonly takeUntil: (moment: UtcInstant) => readonly Task['run'][];
};

export const newAgenda = (): Agenda => {
  let tasks: Task[] = [];
  let planned = 0;
  const plan: Agenda['plan'] = (at, run) => {
    planned += 1;
    tasks.push({ at, order: planned, run });
  };
  return {
    plan,
    planIn: (now, hours, run) => plan(later(now, Math.round(hours * 3600)), run),
    nextAt: () =>
      tasks.reduce<UtcInstant | undefined>(
        (min, { at }) => (min === undefined || at < min ? at : min),
        undefined,
      ),
    takeUntil: (moment) => {
      const due = tasks.filter(({ at }) => at <= moment).toSorted((a, b) => a.order - b.order);
      tasks = tasks.filter(({ at }) => at > moment);
      return due.map(({ run }) => run);
    },
  };
};
