import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createHandler } from '../../../functions/serve-survey/create-handler.ts';
import type { CareWrite } from '../../../shared/care/patient/care-writes.ts';
import { hashOfToken } from '../../../shared/care/patient/links.ts';
import type { TouchpointId } from '../../../shared/protocol/plans.ts';
import { anEpisode, aProfile, episodeIdFor, thePatient } from '../samples/builders.ts';
import { context, type FunctionLab, type PageCall, pageEvent, type World } from './function-lab.ts';

/** The token of the patient's survey. */
export const token = 'survey-token-0123456789ab';

/** A well-formed token without a link. */
export const unknownToken = 'nobody-has-this-token-123';

/** A response of one of the pages. */
export type PageResponse = {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, boolean | number | string>>;
  readonly body: string;
};

/** Returns what a page says, without its styles, its script and its frame. */
export const mainOf = (body: string): string => body.slice(body.indexOf('<main>'), body.indexOf('</main>'));

/** Returns every address that a page leads to. */
export const linksIn = (body: string): readonly string[] =>
  [...body.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, to = '']) => to);

/** A patient who was invited to a survey, and the handler of the pages. */
export type SurveyWorld = {
  readonly world: World;
  readonly handle: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;
  readonly ask: (path: string, call?: PageCall) => Promise<PageResponse>;
};

/** When the page was shown: a minute before `now`. */
export const shown = '2026-03-17T14:59:00Z';

export const now = '2026-03-17T15:00:00Z';

/** Creates a world with an invited patient, at `now`. */
export const surveyWorld = async (lab: FunctionLab): Promise<SurveyWorld> => {
  const world = await lab.fresh(now);
  const linkTo = (text: string, touchpoint: TouchpointId): CareWrite => ({
    kind: 'link',
    item: {
      tokenHash: hashOfToken(text),
      patientId: thePatient,
      episodeId: episodeIdFor('epidural-steroid-injection', '2026-03-02'),
      family: 'epidural-steroid-injection',
      serviceDate: '2026-03-02',
      planVersion: 1,
      touchpoint,
      createdAt: '2026-03-16T14:00:00Z',
      expiresAt: '2026-06-21T04:00:00Z',
    },
  });
  const touchpoints = {
    '2w': { status: 'emailed', emails: 1, firstEmailOn: '2026-03-16' },
  } as const;
  await world.store.commit([
    { kind: 'profile', item: aProfile() },
    { kind: 'episode', item: anEpisode({ touchpoints, baseline: { nrsPain: 8 } }) },
    linkTo(token, '2w'),
  ]);
  const handler = createHandler(world.environment, world.runtime);
  const handle: SurveyWorld['handle'] = async (event) => handler(event, context);
  return {
    world,
    handle,
    ask: async (path, call) => {
      const { statusCode, headers = {}, body = '' } = await handle(pageEvent(path, call));
      return { status: statusCode, headers, body };
    },
  };
};
