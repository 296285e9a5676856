import type { DynamoDBRecord } from 'aws-lambda';
import { noticeKindOf } from '../../shared/care/patient/aws/keys.ts';
import type { NoticeKind } from '../../shared/care/patient/staff-notices.ts';

const newNotice = ({ eventName, dynamodb }: DynamoDBRecord): NoticeKind | undefined =>
  eventName === 'INSERT' ? noticeKindOf(dynamodb?.Keys?.['sk']?.S ?? '') : undefined;

/**
 * Takes records of the stream, which carry keys only, gives what its new notices are about. One that was only said
 * again, or taken away by an erasure, is none.
 */
export const newNotices = (records: readonly DynamoDBRecord[]): readonly NoticeKind[] =>
  records.flatMap((record) => newNotice(record) ?? []);
