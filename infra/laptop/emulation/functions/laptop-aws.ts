/** The region of all local services. */
export const localRegion = 'us-east-1';

/** Local services require credentials but do not check them. */
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** Settings of an SDK client that talks to a local endpoint. */
export const localClientConfig = (endpoint: string) => ({
  endpoint,
  region: localRegion,
  credentials: localCredentials,
});

/** The SDK's own variables through which the handlers' clients find the local services. */
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
