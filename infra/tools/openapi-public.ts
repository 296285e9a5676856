import { statsPaths } from './openapi-stats.ts';

const html = { 'text/html': { schema: { type: 'string' } } };
const page = (description: string) => ({ description, content: html });
const token = {
  name: 'token',
  in: 'path',
  required: true,
  description: 'The random token of one mail. Whatever is wrong with it, the answer is the same 404 page.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{22,64}$' },
};

const form = (description: string) => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', description } } },
});

const noLink = { 404: page('The link is unknown or has expired.') };

/** The routes for patients and for readers of the statistics. */
export const publicPaths = {
  '/s/{token}': {
    parameters: [token],
    get: {
      operationId: 'showSurvey',
      summary: 'The survey; writes nothing, whatever the query preselects',
      responses: { 200: page('The survey, or what was answered.'), ...noLink },
    },
    post: {
      operationId: 'answerSurvey',
      summary: 'Records the answers; the same answers again change nothing',
      requestBody: form('The answers.'),
      responses: {
        200: page('Thanks, or the survey again with what is missing.'),
        422: page('The survey again, with what is wrong.'),
        ...noLink,
      },
    },
  },
  '/u/{token}': {
    parameters: [token],
    get: {
      operationId: 'showUnsubscribe',
      summary: 'Asks whether to stop the mails; writes nothing',
      responses: { 200: page('A button to stop, or to start again.'), ...noLink },
    },
    post: {
      operationId: 'unsubscribe',
      summary: 'Stops the mails (RFC 8058 one-click, or the button), or starts them again',
      requestBody: form('List-Unsubscribe=One-Click, or the button.'),
      responses: { 200: page('Done.'), ...noLink },
    },
  },
  '/h/{token}': {
    parameters: [token],
    post: {
      operationId: 'askForHelp',
      summary: 'Asks for a call, or says that the mail reached the wrong person',
      requestBody: form('Which of the two.'),
      responses: { 200: page('Noted.'), ...noLink },
    },
  },
  ...statsPaths,
} as const;
