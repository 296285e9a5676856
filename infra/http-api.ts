/** The functions that answer HTTP. */
export type HttpFunction = 'serve-survey' | 'serve-stats' | 'receive-procedure';

/** A route of the HTTP API. `caller`: anybody, or only a system of the clinic that signs its requests. */
export type ApiRoute = {
  readonly path: string;
  readonly methods: readonly ('GET' | 'HEAD' | 'POST')[];
  readonly function: HttpFunction;
  readonly caller: 'anybody' | 'clinic-system';
};

const page = (path: string): ApiRoute => ({
  path,
  methods: ['GET', 'HEAD', 'POST'],
  function: 'serve-survey',
  caller: 'anybody',
});

const figures = (path: string): ApiRoute => ({
  path,
  methods: ['GET', 'HEAD'],
  function: 'serve-stats',
  caller: 'anybody',
});

const inbound = (path: string): ApiRoute => ({
  path,
  methods: ['POST'],
  function: 'receive-procedure',
  caller: 'clinic-system',
});

/** Every route of the HTTP API: on AWS the stack makes them, on the laptop the bridge. */
export const apiRoutes: readonly ApiRoute[] = [
  page('/s/{token}'),
  page('/u/{token}'),
  page('/h/{token}'),
  figures('/stats'),
  figures('/stats/{path+}'),
  inbound('/procedures'),
  inbound('/contacts'),
  inbound('/fhir'),
  inbound('/fhir/Procedure'),
];
