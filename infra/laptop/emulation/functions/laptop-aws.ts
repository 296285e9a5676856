/** The region of everything local. */
export const localRegion = 'us-east-1';

/** Credentials that no AWS account knows: local services want some, whatever they are. */
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** Takes an endpoint, gives the settings of an SDK client that talks to it. */
export const localClientConfig = (endpoint: string) => ({
  endpoint,
  region: localRegion,
  credentials: localCredentials,
});

/** The standard SDK variables under which the handlers' own clients find the local services. */
export const localAwsEnvironment = (endpoints: {
  readonly dynamo: string;
  readonly ses: string;
}): Readonly<Record<string, string>> => ({
  AWS_REGION: localRegion,
  AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamo,
  AWS_ENDPOINT_URL_SES: endpoints.ses,
});
