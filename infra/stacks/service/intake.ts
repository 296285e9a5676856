import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { StageSettings } from '../../settings/stage-settings.ts';
import { type ApiRoute, routesOf } from './house-api.ts';

/** Takes the function that receives, gives the routes that clinic systems post to. */
export const intakeRoutes = (receiver: IFunction): ApiRoute[] => routesOf('receive-procedure', receiver);

/** Takes a stage's settings, gives who may call: holders of a token of the issuer, else signers of this account. */
export const intakeAuthorizer = ({ jwt }: StageSettings): IHttpRouteAuthorizer =>
  jwt === undefined
    ? new HttpIamAuthorizer()
    : new HttpJwtAuthorizer('Issuer', jwt.issuer, { jwtAudience: [jwt.audience] });
