/** What a staff notice is about: a call requested, a warning sign reported, an email to the wrong person. */
export const noticeKinds = ['call-me', 'warning-sign', 'wrong-person'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** How soon the care team must look at it. */
export type Urgency = 'now' | 'today';

/**
 * A warning sign can mean progressive nerve damage, where hours count. A requested call is promised for a working
 * day, and the write that records a wrong person has already stopped all email to that address.
 */
const urgencies: Readonly<Record<NoticeKind, Urgency>> = {
  'warning-sign': 'now',
  'call-me': 'today',
  'wrong-person': 'today',
};

export const urgencyOf = (kind: NoticeKind): Urgency => urgencies[kind];

/** Returns the highest urgency among several notices. */
export const mostUrgentOf = (kinds: readonly NoticeKind[]): Urgency =>
  kinds.some((kind) => urgencyOf(kind) === 'now') ? 'now' : 'today';
