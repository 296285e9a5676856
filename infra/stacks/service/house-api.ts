import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { HttpTrigger } from '../../../shared/platform/function-manifest.ts';
import type { StageSettings } from '../../settings/stage-settings.ts';
import type { ServiceFunction } from './functions.ts';

export type HouseApiProps = {
  readonly name: string;
  readonly description: string;
  readonly authorizer?: IHttpRouteAuthorizer;
  /** Requests per second, and at once; the API answers 429 above that. */
  readonly rate: number;
  readonly burst: number;
  readonly logGroupName: string;
  readonly logKey: IKey;
  readonly logRetention: RetentionDays;
};

/** Logs the route and not the path, which holds a patient's token; no IP address either. */
const accessLog = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  length: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  integrationStatus: '$context.integrationStatus',
  error: '$context.error.message',
};

/** An HTTP API with a throttle and an access log that identifies no caller. */
export class HouseApi extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;

  constructor(scope: Construct, id: string, props: HouseApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: props.name,
      description: props.description,
      createDefaultStage: false,
      ...(props.authorizer === undefined ? {} : { defaultAuthorizer: props.authorizer }),
    });
    const log = new LogGroup(this, 'Log', {
      logGroupName: props.logGroupName,
      retention: props.logRetention,
      encryptionKey: props.logKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: props.rate, burstLimit: props.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
  }

  /**
   * Routes requests to the functions whose trigger names this API. Separate from the constructor, because functions
   * may need to know the API's address.
   */
  serve(name: HttpTrigger['api'], functions: readonly ServiceFunction[]): void {
    for (const { manifest, function: handler } of functions) {
      const { trigger } = manifest;
      if (trigger.kind !== 'http' || trigger.api !== name) continue;
      const integration = new HttpLambdaIntegration(manifest.name, handler);
      for (const { path, methods } of trigger.routes) {
        if (path === HttpRouteKey.DEFAULT.key) {
          new HttpRoute(this.api, 'Otherwise', {
            httpApi: this.api,
            routeKey: HttpRouteKey.DEFAULT,
            integration,
          });
          continue;
        }
        this.api.addRoutes({ path, methods: methods.map((method) => HttpMethod[method]), integration });
      }
    }
  }
}

/** Callers of the intake prove who they are: with a token of the stage's issuer, else signed by this account. */
export const intakeAuthorizer = ({ jwt }: StageSettings): IHttpRouteAuthorizer =>
  jwt === undefined
    ? new HttpIamAuthorizer()
    : new HttpJwtAuthorizer('Issuer', jwt.issuer, { jwtAudience: [jwt.audience] });
