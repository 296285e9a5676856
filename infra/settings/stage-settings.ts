import * as z from 'zod';
import { isOfficialSystem } from '../../shared/care/intake/formats/rules/official-numbers.ts';
import { isZone } from '../../shared/platform/calendar.ts';
import { locales } from '../../shared/platform/locale.ts';

/** The retention periods, in days, that CloudWatch supports. */
const retentionDays = [30, 60, 90, 180, 365, 731, 1827, 3653] as const;

const text = (what: string) => z.string(`must be ${what}`).min(1, `must be ${what}`);
const address = z.email('must be an email address such as care@clinic.example');
const hostName = z
  .string('must be a domain name')
  .regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'must be a domain name');

const clinic = z.strictObject({
  name: text('the name that patients know'),
  phone: text('the number that patients call'),
  /** Shown as the sender in the inbox; names no treatment. */
  senderName: text('the name shown in the inbox'),
  replyTo: address,
  /** Time zone for patients whose source does not give one. */
  zone: text('a time zone').refine(isZone, 'must be an IANA time zone such as America/New_York'),
  locale: z.enum(locales, `must be one of ${locales.join(', ')}`),
});

const domain = z.strictObject({
  /** The name of the zone: pages are served under it and email comes from it. */
  name: hostName,
  hostedZoneId: z
    .string('is missing: give the id of the Route 53 zone, or leave domain out')
    .regex(/^Z[A-Z0-9]{5,31}$/, 'must be the id of a Route 53 zone, such as Z0123456789ABCDEFGHIJ'),
});

/** The settings of one stage. */
export const stageSettingsSchema = z
  .strictObject({
    /** The AWS account. Absent: the account of the credentials used for the deployment. */
    account: z
      .string()
      .regex(/^\d{12}$/, 'must be twelve digits')
      .exactOptional(),
    /** CloudFront requires its certificate and firewall in this region, so everything else is there too. */
    region: z.literal(
      'us-east-1',
      'must be us-east-1: the certificate and the firewall of CloudFront live there',
    ),
    clinic,
    emailFrom: address,
    /** Absent: pages have CloudFront's own name, email comes from one verified address. */
    domain: domain.exactOptional(),
    /** Absent: callers of the intake API sign their requests with AWS credentials. */
    jwt: z
      .strictObject({
        issuer: z.url({ protocol: /^https$/, error: 'must be an https address' }),
        audience: text('an audience'),
      })
      .exactOptional(),
    alarmAddress: address,
    /** Receives an email when a patient asks for something. Absent: the care team checks the worklist unprompted. */
    staffAddress: address.exactOptional(),
    /** `source` of the events that clinic systems put on the bus. */
    eventSource: z
      .string('must be the source of the events')
      .regex(/^(?!aws\.)[\w.-]{3,100}$/, 'must be a source such as clinic.procedures, not one of AWS'),
    /**
     * Identifier systems and FHIR servers whose values are the clinic's own patient ids, as JSON and CSV send them. The
     * same value of another one is another patient.
     */
    patientSystems: z
      .array(
        z
          .string()
          .regex(
            /^[a-z][a-z0-9+.-]*:[^\s,]{1,300}$/i,
            'must be a URI such as urn:oid:1.2.3 or https://ehr.clinic.example/fhir',
          )
          .refine(
            (system) => !isOfficialSystem(system),
            'must not be a system of government or insurance numbers',
          ),
      )
      .default([]),
    /** Other accounts that may put events on the bus. */
    eventAccounts: z.array(z.string().regex(/^\d{12}$/, 'must be twelve digits')).default([]),
    logRetentionDays: z.union(
      retentionDays.map((days) => z.literal(days)),
      `must be one of ${retentionDays.join(', ')}`,
    ),
    /** Raise by one to replace the secret between CloudFront and the functions; see docs/deploy.md. */
    originSecretGeneration: z.int().min(1).default(1),
    /** True if the patients are made up; everything that shows figures then says so. */
    synthetic: z.boolean('must be true or false'),
    /** Whether releases are published as soon as the rules allow, or wait for `ops release --approve`. */
    publish: z.enum(['automatic', 'on-approval'], 'must be automatic or on-approval').default('automatic'),
  })
  .superRefine(({ domain: own, emailFrom }, context) => {
    if (own !== undefined && emailFrom.split('@')[1] !== own.name) {
      context.addIssue({ code: 'custom', path: ['emailFrom'], message: `must be an address @${own.name}` });
    }
  });

export type StageSettings = z.output<typeof stageSettingsSchema>;

/** A stage's name is part of the names of its tables, functions and roles. */
export const stageNamePattern = /^[a-z][a-z0-9-]{1,15}$/;
