import type { DynamoDBRecord } from 'aws-lambda';
import { noticeKindOf } from '../../shared/care/patient/aws/keys.ts';
import type { NoticeKind } from '../../shared/care/staff/staff-notices.ts';

const newNotice = ({ eventName, dynamodb }: DynamoDBRecord): NoticeKind | undefined =>
  eventName === 'INSERT' ? noticeKindOf(dynamodb?.Keys?.['sk']?.S ?? '') : undefined;

/**
 * Returns the kinds of the new notices in stream records, which carry keys only. A repeated notice and one that an
 * erasure removed are not new.
 */
export const newNotices = (records: readonly DynamoDBRecord[]): readonly NoticeKind[] =>
  records.flatMap((record) => newNotice(record) ?? []);
