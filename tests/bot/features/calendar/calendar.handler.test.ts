import { describe, expect, it } from 'vitest';
import { type Calendar, createCalendar } from '../../../../bot/features/calendar/calendar.handler.js';
import type { FileAnswer, FilePlace } from '../../../../bot/turn.js';
import type { CalendarOf } from '../../../../cards/actions.js';
import { messagesFor } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';
import { type Managing, MILA, openManaging } from '../../../support/recording-scene.js';
import { aMember } from '../../../support/sample-records.js';
import { aPress, aTurn, cardOf, SANNE_ACTS, textsOf, titleOf } from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';

const { calendar: WORDS, export: EXPORT } = messagesFor('nl');
const PLACE: FilePlace = {
  uploadUrl: 'https://contoso.sharepoint.com/up',
  contentUrl: 'https://contoso.sharepoint.com/Agenda.ics',
  name: 'Agenda.ics',
  uniqueId: 'u',
  fileType: 'ics',
};

let here: Managing;
let uploaded: string[];
let feature: Calendar;
const afresh = setUpEach(
  async () => {
    here = await openManaging();
    uploaded = [];
    feature = createCalendar({
      ...here.own.stores,
      zone: 'Europe/Amsterdam',
      upload: async (_address, bytes) => {
        uploaded.push(new TextDecoder().decode(bytes));
        return 'saved';
      },
    });
  },
  () => here.own.drop(),
);

const shown = (of: CalendarOf, id: string, overrides = {}) =>
  feature['calendar.show'](aPress('calendar.show', { of, id }, overrides));
const answered = (of: CalendarOf, id: string, changes: Partial<FileAnswer> = {}, overrides = {}) => {
  const context = { as: 'calendar', of, id, lang: 'nl' };
  const said = { kind: 'file', accepted: true, context, place: PLACE, ...changes } as const;
  return feature.fileAnswered(aTurn({ said, ...overrides }), said);
};

/** The link to a new meeting on a card. */
async function meetingOf(reply: Awaited<ReturnType<typeof shown>>): Promise<URL> {
  const url = /https:\/\/teams\.microsoft\.com\/l\/meeting\/new[^"]*/.exec(
    JSON.stringify(cardOf(reply)),
  )?.[0];
  if (url === undefined) throw new Error('no link to a meeting');
  expect(url).not.toContain('+');
  return new URL(url);
}

describe('a talk in one’s own calendar', () => {
  it('is a new meeting on the day of the evaluation, at ten where they live, with a subject that tells nothing', async () => {
    await here.put({ nextDay: '2027-01-26' });
    const url = await meetingOf(await shown('evaluation', 'agreement-1'));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      subject: 'Even bijpraten',
      startTime: '2027-01-26T09:00:00.000Z',
      endTime: '2027-01-26T09:30:00.000Z',
    });
    expect(url.href).not.toMatch(/sanne|evaluatie|afspraken/i);
    await afresh();
    {
      await here.liveIn('America/New_York');
      const url = await meetingOf(await shown('conversation', '', { now: '2027-07-06T12:00:00.000Z' }));
      expect(url.searchParams.get('startTime')).toBe('2027-07-07T14:00:00.000Z');
      expect(url.searchParams.get('endTime')).toBe('2027-07-07T14:45:00.000Z');
    }
  });

  it('is on the next working day for a day that is past or in a weekend', async () => {
    expect(
      await faultsOf(
        [
          ['that is past', '2027-01-05', '2027-01-13'],
          ['in a weekend', '2027-01-23', '2027-01-25'],
        ],
        async (_case, nextDay, day) => {
          await here.put({ nextDay });
          const url = await meetingOf(await shown('evaluation', 'agreement-1'));
          expect(url.searchParams.get('startTime')?.slice(0, 10)).toBe(day);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('is for a coffee of one’s own list, and for none that is not kept', async () => {
    expect(titleOf(await shown('coffee', aMember().id))).toBe(WORDS.title);
    expect(textsOf(await shown('coffee', aMember().id))).toContain(WORDS.gone);
    const coffee = aMember({ id: 'coffee', rhythm: 'weekly', nextDay: '2027-01-20' });
    await here.own.stores.managers.putMembers(MILA, [coffee]);
    const url = await meetingOf(await shown('coffee', 'coffee'));
    expect(url.searchParams.get('subject')).toBe('Kopje koffie');
  });

  it('is not there for anybody else, nor for what is closed', async () => {
    expect(
      await faultsOf(
        [
          ['somebody else’s', SANNE_ACTS],
          ['one of another organisation', { tenant: 'b7e2c1d0-0000-4000-8000-00000000000b' }],
        ],
        async (_case, overrides) => {
          expect(textsOf(await shown('evaluation', 'agreement-1', overrides))).toContain(WORDS.gone);
          const reply = await answered('evaluation', 'agreement-1', {}, overrides);
          expect(textsOf(reply)).toContain(WORDS.gone);
          expect(uploaded).toEqual([]);
        },
        afresh,
      ),
    ).toEqual([]);
    await afresh();
    await here.put({ status: 'closed' });
    expect(textsOf(await shown('evaluation', 'agreement-1'))).toContain(WORDS.gone);
  });

  it('is a file that is offered, made when it is accepted, and leaves no trace', async () => {
    const before = await here.everything();
    const offered = await feature['calendar.file'](
      aPress('calendar.file', { of: 'evaluation', id: 'agreement-1' }),
    );
    if (offered.kind !== 'offer') throw new Error('no file was offered');
    expect(offered.offer).toMatchObject({
      name: 'Agenda 2027-01-13 09.00.00.ics',
      context: { as: 'calendar', of: 'evaluation', id: 'agreement-1', lang: 'nl' },
    });
    expect(feature.isOfCalendar(offered.offer.context)).toBe(true);
    expect(feature.isOfCalendar({ as: 'document', lang: 'nl' })).toBe(false);
    expect(await answered('evaluation', 'agreement-1')).toMatchObject({
      kind: 'file',
      message: EXPORT.saved,
    });
    expect(uploaded).toHaveLength(1);
    expect(offered.offer.sizeInBytes).toBe(uploaded[0]?.length);
    expect(uploaded[0]).toContain('SUMMARY:Even bijpraten\r\n');
    expect(uploaded[0]).not.toMatch(/sanne|ATTENDEE|ORGANIZER/i);
    expect(await here.everything()).toEqual(before);
  });

  it('makes no file when that is declined, or when Teams names no place for it', async () => {
    expect(await answered('conversation', '', { accepted: false })).toEqual({
      kind: 'told',
      message: EXPORT.declined,
    });
    expect((await answered('conversation', '', { place: null })).kind).toBe('beside');
    expect(uploaded).toEqual([]);
  });
});
