/**
 * Lines that Lambda itself writes into a function's log group when its log format is JSON.
 *
 * Application lines: what the Node.js runtime makes of an error that a handler throws, or that is thrown while the
 * module loads. It calls `console.error(error)`, which in the JSON format gives `timestamp`, `level`, `requestId` and
 * the error as `message` (aws/aws-lambda-nodejs-runtime-interface-client, `LogPatch`, `formatJsonMessage` and
 * `jsonErrorLogger`). `console` is the only way in which Lambda wraps lines: JSON with `level` and `timestamp` on
 * standard output stays as it is (Lambda Developer Guide, "Log-level filtering"; "Lambda doesn't double-encode any logs
 * that are already JSON encoded").
 *
 * Platform lines: `platform.*` records as in the Lambda Telemetry API Event schema reference. The records below are
 * public examples of such logs, with other ids. None was recorded from a deployment of this product.
 */
export const lambdaLines = {
  uncaughtError:
    '{"timestamp":"2026-03-02T21:00:00.412Z","level":"ERROR","requestId":"79b5e81f-9cdd-4145-b1f6-7c50ef8a2a36","message":{"errorType":"Error","errorMessage":"event rejected: detail.patient.email","stackTrace":["Error: event rejected: detail.patient.email","    at K3 (/var/task/index.js:12:3456)","    at /var/task/index.js:14:210"]}}',
  initError:
    '{"timestamp":"2026-03-02T21:00:00.231Z","level":"ERROR","message":{"errorType":"Error","errorMessage":"Environment: CARE_TABLE is missing","stackTrace":["Error: Environment: CARE_TABLE is missing","    at Rf (/var/task/index.js:9:871)","    at Object.<anonymous> (/var/task/index.js:201:90)"]}}',
  initFailed:
    '{"time":"2026-03-02T21:00:00.240Z","type":"platform.initReport","record":{"initializationType":"on-demand","phase":"init","status":"error","errorType":"Runtime.Unknown","metrics":{"durationMs":212.6}}}',
  initTimeOut:
    '{"time":"2026-03-02T21:00:10.001Z","type":"platform.initReport","record":{"initializationType":"on-demand","phase":"init","status":"timeout","metrics":{"durationMs":10000.487}}}',
  timeOut:
    '{"time":"2026-03-02T21:05:00.581Z","type":"platform.report","record":{"requestId":"aec7a529-47f9-4090-be01-c9ed91bf83cf","metrics":{"durationMs":300000.0,"billedDurationMs":300000,"memorySizeMB":512,"maxMemoryUsedMB":94},"status":"timeout"}}',
  outOfMemory:
    '{"time":"2026-03-02T21:05:50.000Z","type":"platform.report","record":{"requestId":"c2a7a529-47f9-4090-be01-c9ed91bf83cf","status":"error","errorType":"Runtime.OutOfMemory","metrics":{"durationMs":800.1,"billedDurationMs":801,"memorySizeMB":512,"maxMemoryUsedMB":512}}}',
  start:
    '{"time":"2026-03-02T21:00:00.235Z","type":"platform.start","record":{"requestId":"79b5e81f-9cdd-4145-b1f6-7c50ef8a2a36","functionArn":"arn:aws:lambda:us-east-1:111111111111:function:aftercare-test-serve-survey","version":"$LATEST"}}',
  success:
    '{"time":"2026-03-02T21:00:00.470Z","type":"platform.report","record":{"requestId":"79b5e81f-9cdd-4145-b1f6-7c50ef8a2a36","metrics":{"durationMs":1233.96,"billedDurationMs":1698,"memorySizeMB":256,"maxMemoryUsedMB":123,"initDurationMs":463.512},"status":"success"}}',
} as const;

/** The kinds of line that say that a function failed. */
export const failingLines = [
  'uncaughtError',
  'initError',
  'initFailed',
  'initTimeOut',
  'timeOut',
  'outOfMemory',
] as const;

/** A start of the text format: what a JSON pattern would meet if a function's log format were not JSON. */
export const textLine =
  '2026-03-02T21:00:00.412Z\t79b5e81f-9cdd-4145-b1f6-7c50ef8a2a36\tERROR\tInvoke Error \t{"errorType":"Error"}';
