import type { EventBridgeEvent } from 'aws-lambda';
import { type Environment, readEnvironment } from '../../../shared/platform/environment.ts';
import { manifest } from './function.ts';

/** What the handler received, with the one variable that it knows. */
export const received: { readonly clinic: string; readonly detailType: string }[] = [];

export const createHandler = (environment: Environment) => {
  const { CLINIC_NAME: clinic } = readEnvironment(manifest.environment, environment);
  return async (event: EventBridgeEvent<string, unknown>): Promise<void> => {
    received.push({ clinic, detailType: event['detail-type'] });
    expectOnly(environment, ['CLINIC_NAME']);
  };
};

const expectOnly = (environment: Environment, names: readonly string[]): void => {
  const others = Object.keys(environment).filter((name) => !names.includes(name));
  if (others.length > 0) throw new Error(`It also got ${others.join(', ')}.`);
};
