import type { Agreement } from '../../bot/domain/agreement.js';
import type { Handover } from '../../bot/domain/handover-request.js';
import { askedFor, objected, takenUp } from '../../bot/domain/handover-request.js';
import { type Member, newMember } from '../../bot/domain/member.js';
import type { Moment } from '../../bot/domain/moment.js';
import { defaultOrganisation } from '../../bot/domain/organisation.js';
import { entryOf, type Scan, scanCode, startScan, withMeasures } from '../../bot/domain/scan.js';
import { exportOf, fingerprint } from '../../bot/features/hr/exchange.rules.js';
import { contactAsTyped, defaultsAsTyped } from '../../bot/features/hr/hr.rules.js';
import type { TableName } from '../../bot/store/tables/tables.js';
import { CHARACTERISTICS } from '../../cards/content/characteristics.js';
import type { Messages } from '../../cards/content/words.js';
import { aMoment, aMomentRequest } from '../support/sample-records.js';
import { AGREEMENT, CONTACT, type Scene } from './scene.js';
import { WRITING_VERBS, type WritingVerb } from './writing-verbs.js';

/** One verb that puts something on record, in a scene that it fits. */
export type WritingCase = {
  readonly by: 'mila' | 'sanne' | 'hanna';
  /** What has to be there first; nothing where the scene has it. */
  readonly given?: (scene: Scene) => Promise<void>;
  /** What the card carries and what was filled in on it. */
  readonly data: (scene: Scene) => Readonly<Record<string, unknown>>;
  /** The sentence with which the bot says that it is done, or was already; its `{values}` may be anything. */
  readonly told: (words: Messages) => string | readonly string[];
  /** The table in which the record lies. */
  readonly table: TableName;
  /** What somebody else does at that very moment that makes it another thing; null where nothing can. */
  readonly meanwhile: ((scene: Scene) => Promise<void>) | null;
  /** What is still there of it, once it is done, where it ended between two writes and was not told as done. */
  readonly halfway?: (scene: Scene) => Promise<void>;
};

const EVALUATED = {
  id: AGREEMENT,
  version: 1,
  asked: '',
  outcome1: 'works',
  outcome2: 'stop',
  next: '2027-01-26',
};
const REWRITTEN = { ...EVALUATED, outcome2: 'adjust' };
const ASKED: NonNullable<Agreement['changeAsked']> = {
  subjects: ['days'],
  note: 'Liever een week later',
  askedAt: '2027-01-11T09:00:00.000Z',
  handledAt: null,
  reply: null,
};
const REMOVAL: NonNullable<Agreement['removal']> = {
  askedAt: '2027-01-11T09:00:00.000Z',
  by: '2027-02-11',
  answeredAt: null,
  kept: null,
};
const ANOTHER = 'agreement-2';

const about = ({ mila }: Scene) => ({ manager: mila.objectId, id: AGREEMENT });
/** Somebody whose name was only typed, with an agreement, a moment and a coffee of their own. */
const anouk = { id: 'name-anouk', name: 'Anouk' };
const unlinkedPlace = async ({ house, manager }: Scene): Promise<Member> => {
  const member: Member = { ...newMember(anouk.id, anouk.name, null), ...DRINKS, number: 'place-1' };
  await house.bot.stores.managers.putMembers(manager, [member]);
  return member;
};
const hasUnlinked = async (scene: Scene) => {
  const { managers } = scene.house.bot.stores;
  const member = await unlinkedPlace(scene);
  const kept = await scene.agreement();
  const own = { member: anouk.id, memberName: anouk.name };
  await managers.addAgreement(scene.manager, member, {
    ...{ ...kept, ...own, id: ANOTHER, employee: null, answer: 'not-shared' },
  });
  await managers.addMoment(scene.manager, member, { ...RECORDED, ...own });
};
const movedElsewhere = (scene: Scene) => scene.change({ nextDay: '2027-03-01', version: 2 });
const wantsRemoval = (scene: Scene) => scene.change({ removal: REMOVAL });
const ofMila = { by: 'mila', table: 'managers' } as const;
const ofSanne = { ...ofMila, by: 'sanne' } as const;
const COFFEE = 'coffee-1';
const MOMENT = 'moment-1';
const aCoffee = async ({ house, manager }: Scene) => {
  const member: Member = {
    ...newMember(COFFEE, 'Anouk', null),
    rhythm: 'weekly',
    nextDay: '2027-01-12',
    number: COFFEE,
    version: 1,
  };
  await house.bot.stores.managers.putMembers(manager, [member]);
};
const ofCoffee = {
  ...ofMila,
  given: aCoffee,
  meanwhile: async ({ house, manager }: Scene) => {
    const { managers } = house.bot.stores;
    const found = await managers.member(manager, COFFEE);
    if (found === null) throw new Error('nobody to have coffee with');
    await managers.changeMember(manager, { ...found.record, nextDay: '2027-03-01', version: 2 }, found.etag);
  },
} as const;
const RECORDED = aMoment({
  id: MOMENT,
  member: 'moment-member',
  memberName: 'Femke',
  kind: 'leave',
  from: '2027-02-01',
  until: '2027-05-01',
  contact: true,
  createdAt: '2027-01-08T10:00:00.000Z',
  changedAt: '2027-01-08T10:00:00.000Z',
});
const ofMoment = {
  ...ofMila,
  given: async ({ house, manager }: Scene) => {
    await house.bot.stores.managers.addMoment(manager, newMember('moment-member', 'Femke', null), RECORDED);
  },
  meanwhile: async ({ house, manager }: Scene) => {
    const { managers } = house.bot.stores;
    const found = await managers.moment(manager, MOMENT);
    if (found === null) throw new Error('no moment');
    await managers.changeMoment(manager, { ...found.record, from: '2027-02-08', version: 2 }, found.etag);
  },
} as const;
const OTHERS = [1, 2, 3, 4, 5].map((at) => `d4d4d4d4-0000-4000-8000-00000000000${at}`);
const MEASURES = { what1: 'Elke ochtend tien minuten de planning', who1: 'Het team', next: '2027-03-01' };
/** Each scene has a scan of its own in the same organisation. */
const codeOfScan = ({ mila, manager }: Scene) => scanCode(manager.tenant, `form-${mila.objectId}`, 0);
const hasScan = async (scene: Scene, changes: Partial<Scan> = {}) => {
  const { mila, sanne, manager, house } = scene;
  const scan = startScan(
    {
      ...{ tenant: manager.tenant, id: codeOfScan(scene), form: `form-${mila.objectId}`, before: null },
      ...{ manager: mila.objectId, managerName: 'Mila de Wit', name: 'Burgerzaken', lastDay: '2027-01-26' },
      asked: [sanne.objectId, ...OTHERS],
      ...changes,
    },
    '2027-01-11T09:00:00.000Z',
  );
  await house.bot.stores.scans.add(scan);
  await house.bot.stores.managers.putScan(manager, entryOf(scan));
};
const answerScan = async (scene: Scene) => {
  const ballot = { figures: CHARACTERISTICS.map(() => 3), top: [] };
  for (const person of OTHERS) {
    await scene.house.bot.stores.scans.answer(scene.manager.tenant, codeOfScan(scene), {
      person,
      ballot,
      today: '2027-01-12',
    });
  }
};
async function hasClosedScan(scene: Scene): Promise<void> {
  await hasScan(scene);
  await answerScan(scene);
  await scene.house.bot.stores.scans.close(scene.manager.tenant, codeOfScan(scene), {
    now: '2027-01-11T10:00:00.000Z',
    by: 'hand',
  });
}
async function changeScan(scene: Scene, change: (scan: Scan) => Scan): Promise<void> {
  const { scans } = scene.house.bot.stores;
  const found = await scans.get(scene.manager.tenant, codeOfScan(scene));
  if (found === null) throw new Error('no scan');
  await scans.change(change(found.record), found.etag);
}
async function hasMeasures(scene: Scene): Promise<void> {
  await hasClosedScan(scene);
  const agreed = [{ what: 'Twee uur zonder overleg', who: 'Mila', by: null }];
  await changeScan(scene, (scan) =>
    withMeasures(scan, agreed, { nextDay: '2027-02-01', now: '2027-01-11T11:00:00.000Z' }),
  );
}
function agreesOtherwise(scene: Scene): Promise<void> {
  const agreed = [{ what: 'Iets heel anders', who: 'Het team', by: null }];
  return changeScan(scene, (scan) =>
    withMeasures(scan, agreed, { nextDay: '2027-05-03', now: '2027-01-12T08:30:00.000Z' }),
  );
}
const ofScan = {
  by: 'mila',
  table: 'scans',
  given: (scene: Scene) => hasScan(scene),
  meanwhile: null,
} as const;
const DRINKS = { rhythm: 'weekly', lastDay: '2027-01-05', nextDay: '2027-01-12', version: 1 } as const;
const DATES = { from: '2027-03-08', until: '2027-06-28' };
const WISH = aMomentRequest({ askedAt: '2027-01-11T09:00:00.000Z', by: '2027-02-11' });
const placeOf = ({ sanne }: Scene) => `person-${sanne.objectId}`;
/** Sanne's place on the list, as another press would leave it. */
const changePlace = async (scene: Scene, changes: Partial<Member>) => {
  const { managers } = scene.house.bot.stores;
  const found = await managers.member(scene.manager, placeOf(scene));
  if (found === null) throw new Error('nobody on the list');
  await managers.changeMember(scene.manager, { ...found.record, ...changes }, found.etag);
};
const refuses = (scene: Scene) =>
  changePlace(scene, { rhythm: null, nextDay: null, coffeeRefusedAt: '2027-01-12T08:30:00.000Z' });
/** The moment is about Sanne, who asked something of it or did not. */
const has = async (scene: Scene, request: Moment['request'] = null) => {
  const { managers } = scene.house.bot.stores;
  const place = await managers.member(scene.manager, placeOf(scene));
  if (place === null) throw new Error('nobody on the list');
  const about = { member: placeOf(scene), memberName: 'Sanne' };
  await managers.addMoment(scene.manager, place.record, { ...RECORDED, ...about, request });
};
const hasAsked = (scene: Scene) => has(scene, { ...WISH, employee: scene.sanne.objectId });
const changeMoment = async ({ house, manager }: Scene, changes: Partial<Moment>) => {
  const { managers } = house.bot.stores;
  const found = await managers.moment(manager, MOMENT);
  if (found === null) throw new Error('no moment');
  await managers.changeMoment(manager, { ...found.record, ...changes }, found.etag);
};
const takesBack = (scene: Scene) => changeMoment(scene, { request: null });
const own = (id: (scene: Scene) => string) => (scene: Scene) => ({
  manager: scene.mila.objectId,
  managerName: 'Mila de Wit',
  id: id(scene),
});
const ownPlace = own(placeOf);
const ownMoment = own(() => MOMENT);
const SETTINGS = {
  time: '10:30',
  days: '1,2,3,4',
  zone: 'Europe/Amsterdam',
  language: 'nl',
  until: '',
  coffee: 'true',
  landed: 'true',
  selfLook: 'false',
  teamSubject: 'false',
};

const draft = ({ sanne }: Scene) => ({
  id: ANOTHER,
  known: '',
  name: 'Sanne',
  person: sanne.objectId,
  sameAs: '',
  day: '2027-01-11',
  present: 'manager,employee',
  subjects: 'tasks',
  items: [{ what: '', who: '', by: '' }],
  initiative: '',
  next: '',
  rhythm: '',
});

const NOW = '2027-01-12T09:00:00.000Z';
const REQUEST = 'request-1';
const ofHr = {
  by: 'hanna',
  table: 'organisation',
  meanwhile: (scene: Scene) => scene.fillIn({ coffeeRhythm: 'weekly' }),
} as const;
const asked = ({ manager, hugo }: Scene): Handover =>
  askedFor(
    {
      ...{ tenant: manager.tenant, id: REQUEST, leaver: manager.person, leaverName: 'Mila de Wit' },
      ...{ what: 'delete', successor: null, successorName: '', askedBy: hugo.objectId },
    },
    '2027-01-11T09:00:00.000Z',
  );
const puts = async ({ house }: Scene, handover: Handover) => {
  const { handovers } = house.bot.stores;
  const before = await handovers.get(handover.tenant, handover.leaver);
  await handovers.put(handover, before?.etag ?? null);
};
const ofRequest = {
  ...ofHr,
  given: (scene: Scene) => puts(scene, asked(scene)),
  data: ({ manager }: Scene) => ({ leaver: manager.person, request: REQUEST }),
  meanwhile: (scene: Scene) => puts(scene, takenUp(asked(scene), NOW)),
} as const;
const imported = JSON.stringify({
  ...JSON.parse(exportOf(defaultOrganisation(''))),
  coffeeRhythm: 'quarterly',
});

/** Those whose feature does not hold yet what every verb that puts something on record does. */
export const OWED: readonly WritingVerb[] = [];

/** One for each verb: a new one does not compile without. */
export const CASES: Readonly<Record<WritingVerb, WritingCase>> = {
  'coffee.save': {
    ...ofMila,
    data: () => ({ id: 'form-1', names: 'Anouk\nSanne', rhythm: 'weekly' }),
    told: ({ coffee }) => coffee.addedNames,
    meanwhile: refuses,
  },
  'coffee.done': {
    ...ofCoffee,
    data: () => ({ id: COFFEE, version: 1 }),
    told: ({ coffee }) => coffee.doneNotice,
  },
  'coffee.undo': {
    ...ofCoffee,
    data: () => ({
      id: COFFEE,
      version: 1,
      was: { lastDay: '2026-12-29', nextDay: '2027-01-19', coffees: 0 },
    }),
    told: ({ coffee }) => coffee.undoneNotice,
  },
  'coffee.skip': {
    ...ofCoffee,
    data: () => ({ id: COFFEE, version: 1, planned: '2027-01-12' }),
    told: ({ coffee }) => coffee.skippedNotice,
  },
  'coffee.move': {
    ...ofCoffee,
    data: () => ({ id: COFFEE, version: 1, day: '2027-01-20' }),
    told: ({ coffee }) => coffee.movedNotice,
  },
  'coffee.pause': {
    ...ofCoffee,
    data: () => ({ id: COFFEE, version: 1, until: '2027-02-03' }),
    told: ({ coffee }) => coffee.pausedNotice,
  },
  'coffee.rhythm': {
    ...ofCoffee,
    data: () => ({ id: COFFEE, version: 1, rhythm: 'quarterly' }),
    told: ({ coffee }) => coffee.rhythmNotice,
  },
  'coffee.stop': {
    ...ofCoffee,
    data: () => ({ id: COFFEE, version: 1 }),
    told: ({ coffee }) => coffee.stoppedNotice,
  },
  'moments.save': {
    ...ofMila,
    data: () => ({ id: 'moment-2', kind: 'start', name: 'Femke', from: '2027-02-01' }),
    told: ({ moments }) => moments.saved,
    meanwhile: null,
  },
  'moments.change': {
    ...ofMoment,
    data: () => ({ id: MOMENT, version: 1, from: '2027-02-15', until: '2027-06-01', contact: 'true' }),
    told: ({ moments }) => moments.moved,
  },
  'moments.end': {
    ...ofMoment,
    data: () => ({ id: MOMENT, version: 1 }),
    told: ({ moments }) => moments.ended,
  },
  'moments.delete': {
    ...ofMoment,
    data: () => ({ id: MOMENT, version: 1 }),
    told: ({ moments }) => moments.deleted,
  },
  'scan.save': {
    ...ofScan,
    given: async () => undefined,
    data: ({ mila, sanne }) => ({
      id: `form-${mila.objectId}`,
      name: 'Burgerzaken',
      people: [sanne.objectId, ...OTHERS].join(','),
      lastDay: '2027-01-26',
    }),
    told: ({ scan }) => scan.started,
  },
  'scan.code': {
    ...ofScan,
    by: 'sanne',
    given: (scene) => hasScan(scene, { asked: OTHERS }),
    data: (scene) => ({ code: codeOfScan(scene) }),
    told: ({ scan }) => scan.ask.title,
  },
  'scan.send': {
    ...ofScan,
    by: 'sanne',
    data: (scene) => ({ id: codeOfScan(scene), answers: '3'.repeat(13), top: 'workload' }),
    told: ({ scan }) => scan.answer.sent,
  },
  'scan.close': {
    ...ofScan,
    given: async (scene) => {
      await hasScan(scene);
      await answerScan(scene);
    },
    data: (scene) => ({ id: codeOfScan(scene) }),
    told: ({ scan }) => scan.closed,
  },
  'scan.remove': {
    ...ofScan,
    data: (scene) => ({ id: codeOfScan(scene) }),
    told: ({ scan }) => scan.removed,
  },
  'scan.agree': {
    ...ofScan,
    given: hasClosedScan,
    data: (scene) => ({ id: codeOfScan(scene), version: 2, ...MEASURES }),
    told: ({ scan }) => scan.measures.saved,
    meanwhile: agreesOtherwise,
  },
  'scan.record': {
    ...ofScan,
    given: hasMeasures,
    data: (scene) => ({ id: codeOfScan(scene), version: 3, outcome1: 'works', next: '2027-04-01' }),
    told: ({ scan }) => scan.measures.recorded,
    meanwhile: agreesOtherwise,
  },
  'scan.end': {
    ...ofScan,
    given: hasMeasures,
    data: (scene) => ({ id: codeOfScan(scene), version: 3 }),
    told: ({ scan }) => scan.measures.recorded,
    meanwhile: agreesOtherwise,
  },
  'settings.save': {
    ...ofMila,
    table: 'people',
    data: () => SETTINGS,
    told: ({ settings }) => settings.saved,
    meanwhile: async ({ house, manager: { tenant, person } }) => {
      const { people } = house.bot.stores;
      const found = await people.get(tenant, person);
      if (found === null) throw new Error('nobody to choose');
      await people.change({ ...found.record, time: '15:00' }, found.etag);
    },
  },
  'own.refuse-coffee': {
    ...ofSanne,
    given: (scene) => changePlace(scene, DRINKS),
    data: ownPlace,
    told: ({ requests }) => requests.coffeeRefusedDone,
    meanwhile: null,
  },
  'own.allow-coffee': {
    ...ofSanne,
    given: refuses,
    data: ownPlace,
    told: ({ requests }) => requests.coffeeAllowedDone,
    meanwhile: null,
  },
  'own.send-removal': {
    ...ofSanne,
    given: (scene) => has(scene),
    data: ownMoment,
    told: ({ requests }) => requests.sent,
    meanwhile: null,
  },
  'own.send-dates': {
    ...ofSanne,
    given: (scene) => has(scene),
    data: (scene) => ({ ...ownMoment(scene), ...DATES }),
    told: ({ requests }) => requests.sent,
    meanwhile: null,
  },
  'own.withdraw': {
    ...ofSanne,
    given: hasAsked,
    data: ownMoment,
    told: ({ requests }) => requests.withdrawn,
    meanwhile: (scene) =>
      changeMoment(scene, {
        request: {
          ...WISH,
          employee: scene.sanne.objectId,
          answeredAt: '2027-01-12T08:30:00.000Z',
          kept: 'law',
        },
      }),
  },
  'request.do': {
    ...ofMila,
    given: hasAsked,
    data: ({ sanne }) => ({ id: MOMENT, askedAt: WISH.askedAt, employee: sanne.objectId }),
    told: ({ requests }) => requests.removedTitle,
    meanwhile: takesBack,
  },
  'request.keep': {
    ...ofMila,
    given: hasAsked,
    data: () => ({ id: MOMENT, askedAt: WISH.askedAt, why: 'law' }),
    told: ({ requests }) => requests.keptDone,
    meanwhile: takesBack,
  },
  'agreement.save': {
    ...ofMila,
    data: (scene) => ({
      draft: draft(scene),
      what1: 'De klantvragen gaan naar Joris',
      who1: 'manager',
      by1: '2027-01-20',
      initiative: 'manager',
      next: '2027-01-26',
      rhythm: 'two-weekly',
    }),
    told: ({ agreement }) => agreement.savedShared,
    meanwhile: async ({ house, manager, sanne }) => {
      const { managers, about } = house.bot.stores;
      const found = await managers.agreement(manager, AGREEMENT);
      const member = await managers.member(manager, `person-${sanne.objectId}`);
      if (found === null || member === null) throw new Error('nobody to save it with');
      await managers.addAgreement(manager, member.record, { ...found.record, id: ANOTHER });
      const pointer = { manager: manager.person, agreement: ANOTHER, since: found.record.createdAt };
      await about.index(manager.tenant, sanne.objectId, pointer);
    },
  },
  'agreement.close': {
    ...ofMila,
    data: () => ({ id: AGREEMENT, version: 1, asked: '' }),
    told: ({ agreement }) => agreement.closed,
    meanwhile: movedElsewhere,
  },
  'agreement.request-handled': {
    ...ofMila,
    given: (scene) => scene.change({ answer: 'change-asked', changeAsked: ASKED }),
    data: () => ({ id: AGREEMENT, askedAt: ASKED.askedAt }),
    told: ({ agreement }) => agreement.requestHandled,
    meanwhile: (scene) => scene.change({ changeAsked: { ...ASKED, askedAt: '2027-01-12T08:30:00.000Z' } }),
  },
  'agreement.correct-items': {
    ...ofMila,
    data: () => ({
      ...{ id: AGREEMENT, version: 1, asked: '', ids: ['1', '2', '3'] },
      ...{ what1: 'De klantvragen gaan naar Joris', who1: 'together', from1: '2027-01-11', by1: '' },
      ...{ what2: '', who2: 'employee', from2: '', by2: '2027-01-15' },
      ...{ what3: 'Het rooster gaat naar Bea', who3: 'hr', from3: '2027-01-18', by3: '2027-02-01' },
    }),
    told: ({ agreement }) => agreement.correctedShared,
    meanwhile: movedElsewhere,
  },
  'agreement.correct-talk': {
    ...ofMila,
    data: () => ({
      ...{ id: AGREEMENT, version: 1, asked: '', day: '2027-01-07', present: 'manager,employee,hr' },
      ...{ subjects: 'tasks,growth', initiative: 'employee', rhythm: 'once' },
    }),
    told: ({ agreement }) => agreement.correctedShared,
    meanwhile: (scene) => scene.change({ answer: 'change-asked', changeAsked: ASKED }),
  },
  'agreement.reopen': {
    ...ofMila,
    given: (scene) => scene.change({ status: 'closed' }),
    data: () => ({ id: AGREEMENT, version: 1, day: '2027-01-26' }),
    told: ({ agreement }) => agreement.reopened,
    meanwhile: (scene) => scene.change({ version: 2, changeAsked: ASKED }),
  },
  'agreement.reply': {
    ...ofMila,
    given: (scene) => scene.change({ answer: 'change-asked', changeAsked: ASKED }),
    data: () => ({ id: AGREEMENT, askedAt: ASKED.askedAt, reply: 'soon' }),
    told: ({ agreement }) => agreement.replied,
    meanwhile: (scene) => scene.change({ changeAsked: { ...ASKED, askedAt: '2027-01-12T08:30:00.000Z' } }),
  },
  'people.rename': {
    ...ofMila,
    data: (scene) => ({ id: placeOf(scene), name: 'Sanne Bakker' }),
    told: ({ people }) => people.renamed,
    meanwhile: null,
  },
  'people.link': {
    ...ofMila,
    given: hasUnlinked,
    data: ({ hugo }) => ({ id: 'name-anouk', person: hugo.objectId }),
    told: ({ people }) => people.linkedNow,
    meanwhile: null,
  },
  'people.merge': {
    ...ofMila,
    given: hasUnlinked,
    data: (scene) => ({ id: 'name-anouk', other: placeOf(scene) }),
    told: ({ people }) => people.merged,
    meanwhile: null,
    halfway: async (scene) => void (await unlinkedPlace(scene)),
  },
  'people.remove': {
    ...ofMila,
    given: async ({ house, manager }) => {
      await house.bot.stores.managers.putMembers(manager, [newMember('name-piet', 'Piet', null)]);
    },
    data: () => ({ id: 'name-piet' }),
    told: ({ people }) => [people.removed, people.gone],
    meanwhile: null,
  },
  'evaluation.record': {
    ...ofMila,
    data: () => EVALUATED,
    told: ({ evaluation }) => evaluation.recorded,
    meanwhile: (scene) => scene.change({ answer: 'change-asked', changeAsked: ASKED }),
  },
  'evaluation.rewrite': {
    ...ofMila,
    data: () => {
      const { id, version, asked, ...chosen } = REWRITTEN;
      return { id, version, asked, chosen, what2: 'Sanne begint om elf uur', by2: '2027-01-20' };
    },
    told: ({ evaluation }) => evaluation.recorded,
    meanwhile: movedElsewhere,
  },
  'evaluation.move': {
    ...ofMila,
    data: () => ({ id: AGREEMENT, version: 1, asked: '', day: '2027-01-19' }),
    told: ({ evaluation }) => evaluation.moved,
    meanwhile: movedElsewhere,
  },
  'evaluation.snooze': {
    ...ofMila,
    data: () => ({ id: AGREEMENT, version: 1, days: 3 }),
    told: ({ evaluation }) => evaluation.snoozed,
    meanwhile: movedElsewhere,
  },
  'landed.done': {
    ...ofMila,
    data: () => ({ id: AGREEMENT }),
    told: ({ evaluation }) => evaluation.landedThanks,
    meanwhile: null,
  },
  'landed.later': {
    ...ofMila,
    data: () => ({ id: AGREEMENT }),
    told: ({ evaluation }) => evaluation.landedSnoozed,
    meanwhile: (scene) => scene.change({ landed: true }),
  },
  'about.confirm': {
    ...ofSanne,
    data: (scene) => ({ ...about(scene), version: 1 }),
    told: ({ about: words }) => words.confirmed,
    meanwhile: movedElsewhere,
  },
  'about.change': {
    ...ofSanne,
    data: (scene) => ({ ...about(scene), version: 1, change: 'days', note: 'Graag 9|17 uur' }),
    told: ({ about: words }) => words.changeSent,
    meanwhile: movedElsewhere,
  },
  'removal.send': {
    ...ofSanne,
    data: about,
    told: ({ removal }) => removal.sent,
    meanwhile: null,
  },
  'removal.withdraw': {
    ...ofSanne,
    given: wantsRemoval,
    data: about,
    told: ({ removal }) => removal.withdrawn,
    meanwhile: (scene) =>
      scene.change({ removal: { ...REMOVAL, answeredAt: '2027-01-12T08:30:00.000Z', kept: 'law' } }),
  },
  'removal.grant': {
    ...ofMila,
    given: wantsRemoval,
    data: ({ sanne }) => ({ id: AGREEMENT, askedAt: REMOVAL.askedAt, employee: sanne.objectId }),
    told: ({ removal }) => removal.grantedDoneTitle,
    meanwhile: (scene) => scene.change({ removal: null }),
  },
  'removal.keep': {
    ...ofMila,
    given: wantsRemoval,
    data: () => ({ id: AGREEMENT, askedAt: REMOVAL.askedAt, why: 'law' }),
    told: ({ removal }) => removal.keptDone,
    meanwhile: (scene) => scene.change({ removal: null }),
  },
  'hr.contact-save': {
    ...ofHr,
    data: ({ filledIn }) => ({
      ...contactAsTyped(CONTACT),
      ...{ id: CONTACT.id, etag: filledIn, phone: '020 765 4321', hours: 'Elke dinsdag' },
    }),
    told: ({ hr }) => hr.contactSaved,
  },
  'hr.contact-checked': {
    ...ofHr,
    data: ({ filledIn }) => ({ id: CONTACT.id, etag: filledIn, page: 0 }),
    told: ({ hr }) => hr.contactChecked,
  },
  'hr.contact-remove': {
    ...ofHr,
    data: ({ filledIn }) => ({ id: CONTACT.id, etag: filledIn }),
    told: ({ hr }) => [hr.contactRemoved, hr.contactGone],
  },
  'hr.defaults-save': {
    ...ofHr,
    data: ({ filledIn }) => ({
      ...defaultsAsTyped(defaultOrganisation('')),
      ...{ etag: filledIn, coffeeRhythm: 'quarterly', closedAgreementMonths: '12' },
    }),
    told: ({ hr }) => hr.saved,
  },
  'hr.managers-save': {
    ...ofHr,
    data: ({ filledIn, mila }) => ({ etag: filledIn, managers: 'everyone', listed: mila.objectId }),
    told: ({ hr }) => hr.saved,
  },
  'hr.import-save': {
    ...ofHr,
    data: ({ filledIn }) => ({ json: imported, seen: fingerprint(imported), etag: filledIn }),
    told: ({ hr }) => hr.imported,
  },
  'leaver.move': {
    ...ofHr,
    data: ({ manager, sanne }) => ({
      leaver: manager.person,
      successor: sanne.objectId,
      name: 'Sanne Bakker',
    }),
    told: ({ leaver }) => [leaver.notice.asked, leaver.notice.already],
    meanwhile: (scene) => puts(scene, asked(scene)),
  },
  'leaver.delete': {
    ...ofHr,
    data: ({ manager }) => ({ leaver: manager.person }),
    told: ({ leaver }) => [leaver.notice.asked, leaver.notice.already],
    meanwhile: (scene) =>
      puts(scene, { ...asked(scene), what: 'move', successor: scene.sanne.objectId, successorName: 'Sanne' }),
  },
  'leaver.confirm': {
    ...ofRequest,
    told: ({ leaver }) => leaver.notice.confirmed,
    meanwhile: (scene) => puts(scene, objected(asked(scene), NOW)),
  },
  'leaver.stop': {
    ...ofRequest,
    told: ({ leaver }) => leaver.notice.stopped,
  },
  'handover.object': {
    ...ofRequest,
    by: 'mila',
    data: () => ({ request: REQUEST }),
    told: ({ leaver }) => leaver.toLeaver.objected.title.delete,
  },
};

export const CASED = WRITING_VERBS.filter((verb) => !OWED.includes(verb));
