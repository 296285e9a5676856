import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import { environmentSchema } from './environment.ts';

export const manifest = {
  name: 'receive-procedure',
  purpose: 'Accepts procedures, corrections and contact changes over HTTP, as our own JSON or as FHIR.',
  environment: environmentSchema,
  memoryMb: 512,
  timeoutSeconds: 20,
  maxConcurrency: 5,
  trigger: {
    kind: 'http',
    api: 'intake',
    routes: [
      { path: '/procedures', methods: ['POST'] },
      { path: '/contacts', methods: ['POST'] },
      { path: '/fhir', methods: ['POST'] },
      { path: '/fhir/Procedure', methods: ['POST'] },
      { path: '/fhir/Procedure/{id}', methods: ['PUT'] },
      { path: '/fhir/Patient', methods: ['POST'] },
      { path: '/fhir/Patient/{id}', methods: ['PUT'] },
      { path: '/fhir/Appointment', methods: ['POST'] },
      { path: '/fhir/Appointment/{id}', methods: ['PUT'] },
      // API Gateway tells a path from the same path with a slash at its end; the function does not.
      { path: '/{proxy+}', methods: ['POST', 'PUT'] },
    ],
  },
  access: [
    { kind: 'items', table: 'care', actions: ['ConditionCheckItem'], partitions: ['erased'] },
    { kind: 'items', table: 'care', actions: ['Query', 'PutItem'], partitions: ['patients'] },
    { kind: 'items', table: 'care', actions: ['GetItem', 'PutItem'], partitions: ['records'] },
    { kind: 'items', table: 'care', actions: ['PutItem'], partitions: ['audit'] },
  ],
  errorImpact: 'A clinic system cannot report procedures, so its patients are not followed up.',
  load: () => import('./create-handler.ts'),
} as const satisfies FunctionManifest;
