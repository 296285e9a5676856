import { statsPaths } from './openapi-stats.ts';

const html = { 'text/html': { schema: { type: 'string' } } };
const page = (description: string) => ({ description, content: html });
const token = {
  name: 'token',
  in: 'path',
  required: true,
  description: 'The random token of one email. Whatever is wrong with it, the answer is the same 404 page.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{22,64}$' },
};

const form = (description: string) => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', description } } },
});

/** What any request for a page of an email can be answered with. */
const always = {
  403: page('The request did not come through the CDN.'),
  404: page('The link is unknown or has expired.'),
  500: page('Something went wrong here; trying again is safe.'),
};

/** What any form can be answered with, besides. */
const forms = {
  400: page(
    'The body is not text that a form holds, or it asks for nothing that is known; nothing was stored.',
  ),
  413: page('The body has more than 32 KB.'),
  415: page('The content type is not that of a form.'),
};

const unticked = page(
  'The box beside the button is not ticked; the same page asks for it, and nothing was stored.',
);

/** The routes for patients and for readers of the statistics. */
export const publicPaths = {
  '/s/{token}': {
    parameters: [token],
    get: {
      operationId: 'showSurvey',
      summary: 'The survey; writes nothing, whatever the query preselects',
      responses: {
        200: page('The survey, or what was answered.'),
        410: page('The time for the survey is over.'),
        503: {
          ...page('The clinic has paused its surveys.'),
          headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } },
        },
        ...always,
      },
    },
    post: {
      operationId: 'answerSurvey',
      summary: 'Records the answers, or keeps them as a draft; the same answers again change nothing',
      requestBody: form(
        'The answers; with draft=1 not sent yet, with language=... shown again in that language.',
      ),
      responses: {
        200: page(
          'Thanks; or, after answers that came too fast, a box to confirm them; or the form in the other language.',
        ),
        204: { description: 'The draft was kept.' },
        410: page('The time for the survey is over; nothing was stored.'),
        422: page('The survey again, with what is wrong and nothing lost; of a draft, nothing was kept.'),
        429: page('The survey was changed too often from this link; nothing was stored.'),
        ...forms,
        ...always,
      },
    },
  },
  '/u/{token}': {
    parameters: [token],
    get: {
      operationId: 'showUnsubscribe',
      summary: 'Asks whether to stop the emails; writes nothing',
      responses: { 200: page('A button to stop, or to start again.'), ...always },
    },
    post: {
      operationId: 'unsubscribe',
      summary: 'Stops the emails (RFC 8058 one-click, or the button), or starts them again',
      requestBody: form('List-Unsubscribe=One-Click, or the button with its tick.'),
      responses: {
        200: page('Done.'),
        422: unticked,
        429: page(
          'The emails were started again too often from this link; nothing was stored. A stop is always taken.',
        ),
        ...forms,
        ...always,
      },
    },
  },
  '/h/{token}': {
    parameters: [token],
    get: {
      operationId: 'showHelp',
      summary: 'Care advice, when to get help, and the two buttons; writes nothing',
      responses: { 200: page('The advice.'), ...always },
    },
    post: {
      operationId: 'askForHelp',
      summary: 'Asks for a call, or says that the email reached the wrong person',
      requestBody: form('Which of the two, with its tick.'),
      responses: { 200: page('Noted.'), 422: unticked, ...forms, ...always },
    },
  },
  ...statsPaths,
} as const;
