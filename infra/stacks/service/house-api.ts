import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { apiRoutes, type HttpFunction } from '../../http-api.ts';

export type ApiRoute = {
  readonly path: string;
  readonly methods: readonly HttpMethod[];
  readonly handler: IFunction;
};

const methods = { GET: HttpMethod.GET, HEAD: HttpMethod.HEAD, POST: HttpMethod.POST } as const;

/** Takes a function's name and the function, gives its routes of the one list that the laptop uses too. */
export const routesOf = (name: HttpFunction, handler: IFunction): ApiRoute[] =>
  apiRoutes
    .filter((route) => route.function === name)
    .map((route) => ({ path: route.path, methods: route.methods.map((method) => methods[method]), handler }));

export type HouseApiProps = {
  readonly name: string;
  readonly description: string;
  readonly authorizer?: IHttpRouteAuthorizer;
  /** Requests a second, and at once; what exceeds them gets 429. */
  readonly rate: number;
  readonly burst: number;
  readonly logGroupName: string;
  readonly logKey: IKey;
  readonly logRetention: RetentionDays;
};

/** The route, not the path: a path holds a patient's token. No address either. */
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

/** An HTTP API with a throttle, an access log that names nobody, and its routes as data. */
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

  /** Takes the routes and answers them; apart from the rest, as a function may have to know the API's address. */
  serve(routes: readonly ApiRoute[]): void {
    const integrations = new Map<IFunction, HttpLambdaIntegration>();
    for (const { path, methods, handler } of routes) {
      const integration =
        integrations.get(handler) ?? new HttpLambdaIntegration(handler.node.scope?.node.id ?? '', handler);
      integrations.set(handler, integration);
      this.api.addRoutes({ path, methods: [...methods], integration });
    }
  }
}
