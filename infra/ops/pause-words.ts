import type { Pause, PauseReach } from '../../shared/care/emailing/pause.ts';

const reachWords: Readonly<Record<PauseReach, string>> = {
  email: 'no email is sent to patients; surveys still accept answers',
  'email-and-surveys': 'no email is sent to patients, and surveys cannot be opened',
};

/** Returns the line that announces a pause; none when nothing is paused. */
export const pauseLines = (pause: Pause | undefined): readonly string[] =>
  pause === undefined ? [] : [`PAUSED since ${pause.since}: ${reachWords[pause.reach]}.`];
