/** The functions that answer HTTP. */
export type HttpFunction = 'serve-survey' | 'serve-stats' | 'receive-procedure';

/** A route of the HTTP API. Those of `receive-procedure` take only requests that a clinic system has signed. */
export type ApiRoute = {
  readonly path: string;
  readonly methods: readonly ('GET' | 'HEAD' | 'POST')[];
  readonly function: HttpFunction;
};

const page = (path: string): ApiRoute => ({
  path,
  methods: ['GET', 'HEAD', 'POST'],
  function: 'serve-survey',
});

const figures = (path: string): ApiRoute => ({
  path,
  methods: ['GET', 'HEAD'],
  function: 'serve-stats',
});

const inbound = (path: string): ApiRoute => ({
  path,
  methods: ['POST'],
  function: 'receive-procedure',
});

/** Every route of the HTTP API: on AWS the stack makes them, on the laptop the bridge. */
export const apiRoutes: readonly ApiRoute[] = [
  page('/s/{token}'),
  page('/u/{token}'),
  page('/h/{token}'),
  figures('/stats'),
  figures('/stats/{proxy+}'),
  inbound('/procedures'),
  inbound('/contacts'),
  inbound('/fhir'),
  inbound('/fhir/Procedure'),
];
