import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/record-email-event/create-handler.ts';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../../shared/care/patient/links.ts';
import { context, sesEvent, startFunctionLab, type World } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { anEpisode, aProfile, episodeIdFor, stopKindOf } from '../../support/samples/builders.ts';

const sendId = hashOfToken('a token');

const lab = sharedLab(startFunctionLab);
let world: World;
beforeEach(async () => {
  world = await lab().fresh('2026-03-16T14:05:00Z');
  await world.store.commit([
    { kind: 'profile', item: aProfile() },
    {
      kind: 'episode',
      item: anEpisode({
        touchpoints: { '2w': { status: 'emailed', emails: 1, firstEmailOn: '2026-03-16' } },
      }),
    },
    {
      kind: 'link',
      item: {
        tokenHash: sendId,
        patientId: patientId('p-1'),
        episodeId: episodeIdFor('epidural-steroid-injection', '2026-03-02'),
        family: 'epidural-steroid-injection',
        serviceDate: '2026-03-02',
        planVersion: 1,
        touchpoint: '2w',
        createdAt: '2026-03-16T14:00:00Z',
        expiresAt: '2026-06-21T04:00:00Z',
      },
    },
  ]);
});

const take = (event: unknown) => createHandler(world.environment, world.runtime)(event, context);
const permanent = (address = 'maria@example.com') => ({
  bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: address }] },
});

/** The part of an event that says where the email went. */
const sentTo = (...destination: readonly string[]) => ({
  mail: { destination, tags: { sendId: [sendId] } },
});

describe('an event of SES', () => {
  it('Delivery marks the touchpoint as delivered, once', async () => {
    expect(await take(sesEvent('Delivery', sendId))).toBe('recorded');
    expect((await world.store.load(patientId('p-1'))).episodes[0]?.touchpoints['2w']?.delivered).toBe(true);
    expect(await take(sesEvent('Delivery', sendId))).toBe('nothing-to-record');
  });

  it.each([
    ['Bounce', permanent('Maria@Example.com'), 'hard-bounce'],
    [
      'Complaint',
      { complaint: { complainedRecipients: [{ emailAddress: 'maria@example.com' }] } },
      'complained',
    ],
  ])('%s stops the patient, leaves a trace, and does so once', async (type, rest, reason) => {
    expect(await take(sesEvent(type, sendId, rest))).toBe('recorded');
    const record = await world.store.load(patientId('p-1'));
    expect(stopKindOf(record)).toBe(reason);
    expect(record.episodes).toMatchObject([{ status: 'stopped' }]);
    const items = await world.everything();
    expect(items.filter(({ pk }) => String(pk).startsWith('AUDIT#')).length).toBe(1);
    expect(await take(sesEvent(type, sendId, rest))).toBe('nothing-to-record');
    expect(await world.everything()).toEqual(items);
  });

  it.each([
    ['Send', {}],
    ['DeliveryDelay', {}],
    ['Reject', {}],
    ['Rendering Failure', {}],
    ['Bounce', { bounce: { bounceType: 'Transient', bouncedRecipients: [] } }],
    ['Bounce', { ...permanent(), ...sentTo('somebody.else@example.com') }],
    ['Bounce', { bounce: { bounceType: 'Transient', bouncedRecipients: [{ status: '4.4.7' }] } }],
    ['Bounce', { bounce: { bounceType: 'Undetermined' } }],
    ['Complaint', { complaint: { complaintFeedbackType: 'not-spam' } }],
    ['Complaint', { complaint: { complaintFeedbackType: 'NOT-SPAM' } }],
  ])('%s %o writes nothing', async (type, rest) => {
    const before = await world.everything();
    expect(await take(sesEvent(type, sendId, rest))).toBe('nothing-to-record');
    expect(await world.everything()).toEqual(before);
  });

  it.each([
    ['an address without its sub-address', permanent('maria@example.org')],
    ['a name and an address', permanent('Maria <maria@example.com>')],
    ['an address in angle brackets', permanent('<maria@example.com>')],
    ['an address with its type', permanent('rfc822;maria@example.com')],
    ['the mailbox it was forwarded to', permanent('somebody.else@example.com')],
    ['nobody', { bounce: { bounceType: 'Permanent', bouncedRecipients: [] } }],
    ['no recipients', { bounce: { bounceType: 'Permanent' } }],
    ['recipients that are none', { bounce: { bounceType: 'Permanent', bouncedRecipients: [7] } }],
    ['a destination with a name', { ...permanent(), ...sentTo('Maria <Maria@Example.com>') }],
    ['no destination', { ...permanent(), ...sentTo() }],
  ])('about a bounce for good that names %s stops the patient whose email it was', async (_, rest) => {
    expect(await take(sesEvent('Bounce', sendId, rest))).toBe('recorded');
    expect(stopKindOf(await world.store.load(patientId('p-1')))).toBe('hard-bounce');
  });

  it.each(['abuse', 'fraud', 'other', 'virus', null, undefined])(
    'about a complaint of type %s stops the patient',
    async (type) => {
      expect(await take(sesEvent('Complaint', sendId, { complaint: { complaintFeedbackType: type } }))).toBe(
        'recorded',
      );
      expect(stopKindOf(await world.store.load(patientId('p-1')))).toBe('complained');
    },
  );

  it('that comes before its link can be read is asked for again, and only while the email is new', async () => {
    const early = (timestamp: string) => {
      const event = sesEvent('Delivery', hashOfToken('another token'));
      return { ...event, detail: { ...event.detail, mail: { ...event.detail.mail, timestamp } } };
    };
    await expect(take(early('2026-03-16T14:04:30.123Z'))).rejects.toThrow('minutes old');
    expect(await take(early('2026-03-16T13:40:00.000Z'))).toBe('unknown-email');
    expect(await take(early('yesterday'))).toBe('unknown-email');
  });

  it.each([undefined, null, 'Permanent', {}, { bounceType: 7 }])(
    'about a bounce of which it says %j is malformed',
    async (bounce) => {
      await expect(take(sesEvent('Bounce', sendId, { bounce }))).rejects.toThrow('rejected');
    },
  );

  it('of an email of which nothing is known any more is none of ours', async () => {
    expect(await take(sesEvent('Delivery', hashOfToken('another token')))).toBe('unknown-email');
  });

  it('of an email whose send id is of no link, such as one to staff, is none of ours', async () => {
    expect(await take(sesEvent('Bounce', 'staff-1', permanent()))).toBe('unknown-email');
  });

  it.each([
    ['a kind that says nothing here', sesEvent('Open', sendId)],
    ['the name of a property every object has', sesEvent('constructor', sendId)],
    ['somebody else’s email', { source: 'aws.ses', detail: { eventType: 'Delivery', mail: {} } }],
  ])('of %s is not ours', async (_, event) => {
    expect(await take(event)).toBe('not-ours');
  });

  it('that is malformed is thrown, without what it holds', async () => {
    const event = { source: 'aws.ses', detail: { eventType: 7, mail: { destination: 'maria@example.com' } } };
    const message = await take(event).then(String, String);
    expect(message).toContain('email event rejected: ');
    expect(message).not.toContain('maria');
  });
});
