/** What a notice for staff is about: a call asked for, a warning sign reported, a wrong person written to. */
export const noticeKinds = ['call-me', 'warning-sign', 'wrong-person'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** How soon somebody has to look at it. */
export type Urgency = 'now' | 'today';

/**
 * A warning sign can be one of a nerve that is being lost, for which hours count. Who asks for a call is promised one
 * on a working day, and who got somebody else's email has been left alone already by the write that told us.
 */
const urgencies: Readonly<Record<NoticeKind, Urgency>> = {
  'warning-sign': 'now',
  'call-me': 'today',
  'wrong-person': 'today',
};

/** Takes what a notice is about, says how soon somebody has to look at it. */
export const urgencyOf = (kind: NoticeKind): Urgency => urgencies[kind];

/** Takes what several notices are about, says how soon somebody has to look: one that cannot wait is enough. */
export const mostUrgentOf = (kinds: readonly NoticeKind[]): Urgency =>
  kinds.some((kind) => urgencyOf(kind) === 'now') ? 'now' : 'today';
