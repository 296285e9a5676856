import { statsPaths } from './openapi-stats.ts';

const html = { 'text/html': { schema: { type: 'string' } } };
const page = (description: string) => ({ description, content: html });
const token = {
  name: 'token',
  in: 'path',
  required: true,
  description: 'The random token of one email. An invalid, unknown or expired token gets the same 404 page.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{22,64}$' },
};

const form = (description: string) => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', description } } },
});

/** Responses of every page behind an email's link. */
const always = {
  403: page('The request did not come through the CDN.'),
  404: page('The link is unknown or has expired.'),
  500: page('Internal error; the request can be retried safely.'),
};

/** Further responses of every form. */
const forms = {
  400: page('The body is not a readable form, or its action is unknown; nothing was stored.'),
  413: page('The body is larger than 32 KB.'),
  415: page('The content type is not that of a form.'),
};

const ended = page('The link has ended; the page offers the opt-out and shows nothing of the patient.');

const unticked = page('The confirmation box is not ticked; the page asks for it again. Nothing was stored.');

/** The routes for patients and for readers of the statistics. */
export const publicPaths = {
  '/s/{token}': {
    parameters: [token],
    get: {
      operationId: 'showSurvey',
      summary: 'Shows the survey; writes nothing, even when the query preselects an answer',
      responses: {
        200: page('The survey, or that it is answered.'),
        410: page('The survey is closed, or the link has ended.'),
        503: {
          ...page('The clinic has paused its surveys.'),
          headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } },
        },
        ...always,
      },
    },
    post: {
      operationId: 'answerSurvey',
      summary: 'Records the answers, or saves them as a draft; repeating the same answers changes nothing',
      requestBody: form(
        'The answers. draft=1 saves them as a draft; language=... shows the form again in that language.',
      ),
      responses: {
        200: page(
          'A request to confirm answers that came too fast; the form in the other language; or, after a warning sign, only what to do now.',
        ),
        303: {
          description: 'The answers are stored; the page of thanks is at the location.',
          headers: { Location: { description: 'A path.', schema: { type: 'string' } } },
        },
        204: { description: 'The draft was saved.' },
        410: page('The survey is closed or the link has ended; nothing was stored.'),
        422: page('The survey again, with its errors and all answers; an invalid draft is not saved.'),
        429: page('The survey or its draft was changed too often through this link; nothing was stored.'),
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
      responses: {
        200: page('A button to stop the emails, or to start them again.'),
        410: ended,
        ...always,
      },
    },
    post: {
      operationId: 'unsubscribe',
      summary: 'Stops the emails (RFC 8058 one-click, or the button), or starts them again',
      requestBody: form('List-Unsubscribe=One-Click, or the button with its confirmation box.'),
      responses: {
        200: page('Done.'),
        410: page('The link has ended: it does not start the emails again; nothing was stored.'),
        422: unticked,
        429: page(
          'The emails were started again too often through this link; nothing was stored. A stop is always accepted.',
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
      summary: 'Shows care advice, when to get help, and the two buttons; writes nothing',
      responses: { 200: page('The advice.'), 410: ended, ...always },
    },
    post: {
      operationId: 'askForHelp',
      summary: 'Requests a call, or reports that the email reached the wrong person',
      requestBody: form('Which of the two, with its confirmation box.'),
      responses: { 200: page('Recorded.'), 410: ended, 422: unticked, ...forms, ...always },
    },
  },
  ...statsPaths,
} as const;
