import type { Pause, PauseReach } from '../../shared/care/patient/pause.ts';

const reachWords: Readonly<Record<PauseReach, string>> = {
  email: 'no email goes to patients; answers are taken as ever',
  'email-and-surveys': 'no email goes to patients, and nobody is shown a survey',
};

/** Takes what is paused, if anything is, gives the line that says so; none when nothing is. */
export const pauseLines = (pause: Pause | undefined): readonly string[] =>
  pause === undefined ? [] : [`PAUSED since ${pause.since}: ${reachWords[pause.reach]}.`];
