/** The actions that AWS cannot narrow to a resource, each with the reason why a function needs it. No other action may be allowed on `*`. */
export const starResources = {
  'ses:GetSendQuota':
    'SES counts its quota for the account and has no resource for it; the sender reads it to stay below it.',
  'dynamodb:ListStreams':
    "AWS knows no resource for it; Lambda's stream mapping calls it to find the stream that the policy names.",
} as const;
