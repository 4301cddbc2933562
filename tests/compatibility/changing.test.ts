import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Inputs } from '../support/teams/teams-inputs.js';
import { agreementFacts } from './agreement-facts.js';
import { payloadsOn, press, pressOn } from './pressing.js';
import { type AgreementMeaning, openStoredHouse, type StoredHouse } from './stored-rows.js';

const NEXT = '2027-02-01';

describe('agreements that version 0.1.0 wrote, changed', () => {
  let stored: StoredHouse;
  beforeAll(async () => {
    stored = await openStoredHouse('0.1.0');
  });
  beforeEach(() => stored.reset());
  afterAll(() => stored.close());

  it('are evaluated: what still runs gets its outcome, and nothing else of it changes', async () => {
    for (const agreement of open()) {
      const manager = stored.person(agreement.manager);
      const form = await press(manager, 'evaluation.open', { id: agreement.id });
      const running = agreement.agreed.filter(({ outcome }) => outcome !== 'stop');
      const outcomes = Object.fromEntries(
        agreement.agreed.flatMap(({ outcome }, at) =>
          outcome === 'stop' ? [] : [[`outcome${at + 1}`, 'works']],
        ),
      );
      await pressOn(manager, form, 'evaluation.record', { ...outcomes, next: NEXT });
      const after = await now(agreement);
      expect(unchanging(after)).toEqual(unchanging(agreement));
      expect(after.agreed).toEqual(
        agreement.agreed.map((item) => (item.outcome === 'stop' ? item : { ...item, outcome: 'works' })),
      );
      expect(after.held).toEqual([
        ...agreement.held,
        {
          day: '2026-11-27',
          planned: agreement.evaluation.next,
          outcomes: Object.fromEntries(running.map(({ id }) => [id, 'works'])),
        },
      ]);
      expect(after.evaluation).toMatchObject({ next: NEXT, snoozedUntil: null });
      expect(after.version).toBe(agreement.version + 1);
    }
  });

  it('are evaluated with other words for what is to change', async () => {
    const agreement = open().find(({ agreed }) => agreed.length > 1 && agreed[0]?.outcome === null);
    if (agreement === undefined) throw new Error('no agreement with several parts');
    const manager = stored.person(agreement.manager);
    const form = await press(manager, 'evaluation.open', { id: agreement.id });
    const outcomes: Inputs = { outcome1: 'adjust', outcome2: 'stop' };
    const rewrite = await pressOn(manager, form, 'evaluation.record', { ...outcomes, next: NEXT });
    await pressOn(manager, rewrite, 'evaluation.rewrite', {
      what1: 'De balie gaat naar Bea',
      by1: '2026-12-14',
    });
    const after = await now(agreement);
    expect(after.agreed[0]).toMatchObject({
      what: 'De balie gaat naar Bea',
      by: '2026-12-14',
      outcome: 'adjust',
    });
    expect(after.agreed[1]).toEqual({ ...agreement.agreed[1], outcome: 'stop' });
  });

  it('are moved to another day, and snoozed', async () => {
    for (const agreement of open()) {
      const manager = stored.person(agreement.manager);
      const form = await press(manager, 'evaluation.ask-move', { id: agreement.id });
      await pressOn(manager, form, 'evaluation.move', { day: NEXT });
      const after = await now(agreement);
      expect(unchanging(after)).toEqual(unchanging(agreement));
      expect(after.agreed).toEqual(agreement.agreed);
      expect(after.held).toEqual(agreement.held);
      expect(after.evaluation).toMatchObject({ next: NEXT, snoozedUntil: null });
    }
    await stored.reset();
    let snoozed = 0;
    for (const agreement of open()) {
      const manager = stored.person(agreement.manager);
      const form = await press(manager, 'evaluation.ask-move', { id: agreement.id });
      const [week] = payloadsOn(form, 'evaluation.snooze').filter(({ days }) => days === 7);
      // Before the day that was agreed on there is nothing to put off.
      if (week === undefined) continue;
      snoozed += 1;
      await press(manager, 'evaluation.snooze', week);
      const after = await now(agreement);
      expect(after.evaluation.snoozedUntil ?? '', agreement.id).toMatch(/^(2026-12|2027-01|$)/);
      expect(saying(after)).toEqual({
        ...saying(agreement),
        evaluation: { ...agreement.evaluation, snoozedUntil: after.evaluation.snoozedUntil },
      });
    }
    expect(snoozed).toBeGreaterThan(0);
  });

  it('are closed, and say all that they said', async () => {
    for (const agreement of open()) {
      const manager = stored.person(agreement.manager);
      const asked = await press(manager, 'agreement.ask-close', { id: agreement.id });
      await pressOn(manager, asked, 'agreement.close');
      expect(saying(await now(agreement))).toEqual({ ...saying(agreement), status: 'closed' });
    }
  });

  it('are dealt with after the question how the conversation landed', async () => {
    for (const agreement of open().filter(({ landed }) => !landed)) {
      await press(stored.person(agreement.manager), 'landed.done', { id: agreement.id });
      expect(saying(await now(agreement))).toEqual({ ...saying(agreement), landed: true });
    }
  });

  it('are confirmed by the employee', async () => {
    const unanswered = found().filter(
      ({ status, answer }) => status === 'open' && answer !== 'confirmed' && answer !== 'change-asked',
    );
    expect(unanswered.length).toBeGreaterThan(15);
    for (const agreement of unanswered) {
      const employee = stored.person(agreement.employee);
      const { manager, id } = agreement;
      await pressOn(employee, await press(employee, 'about.show', { manager, id }), 'about.confirm');
      const after = await now(agreement);
      expect(saying(after)).toEqual({ ...saying(agreement), answer: 'confirmed' });
      expect(after.answeredAt).toBe(stored.meaning.at);
    }
  });

  it('are asked to be changed by the employee, whose words stay whole', async () => {
    const note = 'liever een week later | en dan | samen met Bea';
    for (const agreement of found()) {
      const employee = stored.person(agreement.employee);
      const { manager, id } = agreement;
      const shown = await press(employee, 'about.show', { manager, id });
      const form = await pressOn(employee, shown, 'about.ask-change');
      await pressOn(employee, form, 'about.change', { change: 'days,talk', note });
      const after = await now(agreement);
      expect(saying(after)).toEqual({
        ...saying(agreement),
        answer: 'change-asked',
        change: { about: ['days', 'talk'], note },
      });
    }
  });

  it('are asked to be removed by the employee, and are removed or kept by the manager', async () => {
    for (const [at, agreement] of found().entries()) {
      const employee = stored.person(agreement.employee);
      const manager = stored.person(agreement.manager);
      const where = { manager: agreement.manager, id: agreement.id };
      const waits = agreement.removal !== null && agreement.removal.answeredAt === null;
      const shown = await press(employee, 'about.show', where);
      if (!waits) await pressOn(employee, await pressOn(employee, shown, 'removal.ask'), 'removal.send');
      const asked = await now(agreement);
      expect(saying(asked)).toEqual({ ...saying(agreement), removal: asked.removal });
      if (waits) expect(asked.removal).toEqual(agreement.removal);
      else expect(asked.removal).toMatchObject({ askedAt: stored.meaning.at, answeredAt: null, kept: null });
      const decide = await press(manager, 'removal.decide', { id: agreement.id });
      if (at % 2 === 0) {
        await pressOn(manager, decide, 'removal.keep', { why: 'in-use' });
        expect((await now(agreement)).removal).toEqual({
          ...asked.removal,
          answeredAt: stored.meaning.at,
          kept: 'in-use',
        });
      } else {
        await pressOn(manager, await pressOn(manager, decide, 'removal.ask-grant'), 'removal.grant');
        expect(await kept(agreement)).toBeNull();
        const { stores } = stored.house.bot;
        const pointers = await stores.about.of(agreement.tenant, agreement.employee);
        const removed = pointers.filter((one) => one.agreement === agreement.id && one.removed !== null);
        expect(removed).toMatchObject([{ manager: agreement.manager, removed: { at: stored.meaning.at } }]);
      }
    }
  });

  it('are no longer asked to be removed when the employee takes that back', async () => {
    const waiting = found().filter(({ removal }) => removal !== null && removal.answeredAt === null);
    expect(waiting.length).toBeGreaterThan(3);
    for (const agreement of waiting) {
      const employee = stored.person(agreement.employee);
      const { manager, id } = agreement;
      const shown = await press(employee, 'about.show', { manager, id });
      await pressOn(employee, shown, 'removal.withdraw');
      expect(saying(await now(agreement))).toEqual({ ...saying(agreement), removal: null });
    }
  });

  it('go over to another manager, with those of two managers at once', async () => {
    const { meaning } = stored;
    const { tenant } = meaning.organisations[0] ?? { tenant: '' };
    const hr = stored.person(
      meaning.people.find((one) => meaning.hrAdmins.includes(one.person))?.person ?? '',
    );
    const leaver = meaning.overview[0]?.manager ?? '';
    const successor = meaning.agreements.find(({ answer }) => answer === 'change-asked')?.manager ?? '';
    const own = open().filter(({ manager }) => manager === leaver);
    expect(own.length).toBeGreaterThan(1);
    await press(hr, 'leaver.move', { leaver, successor, name: 'Mila Zilverreiger' });
    // After the days that the one who leaves has to object.
    expect(await stored.house.work('handover', '2026-12-31T04:30:00+01:00')).toMatchObject({ failed: 0 });
    for (const agreement of own) {
      const moved = await kept({ ...agreement, tenant, manager: successor });
      expect(moved).toMatchObject({
        agreed: agreement.agreed,
        conversation: agreement.conversation,
        formerManager: agreement.managerName,
        held: agreement.held,
        employee: agreement.employee,
      });
      expect(await kept(agreement)).toBeNull();
    }
  });

  it('leave people on lists and moments as they are, which change on their own', async () => {
    const { members, moments } = stored.meaning;
    for (const { manager, id, rhythm, coffees, ...member } of members.filter((one) => one.rhythm !== null)) {
      const person = stored.person(manager);
      const card = await press(person, 'coffee.show', { id });
      await pressOn(person, card, 'coffee.done');
      const after = await stored.house.bot.stores.managers.member(
        { tenant: member.tenant, person: manager },
        id,
      );
      expect(after?.record).toMatchObject({
        rhythm,
        name: member.name,
        person: member.account,
        lastDay: '2026-11-27',
        coffees: coffees + 1,
        version: member.version + 1,
      });
    }
    for (const { manager, tenant, id, ...moment } of moments.filter((one) => one.status === 'open')) {
      const person = stored.person(manager);
      await pressOn(person, await press(person, 'moments.show', { id }), 'moments.end');
      const after = await stored.house.bot.stores.managers.moment({ tenant, person: manager }, id);
      expect(after?.record).toMatchObject({ kind: moment.kind, from: moment.from, status: 'ended' });
    }
  });

  /** Agreements that still run. */
  function open(): readonly AgreementMeaning[] {
    return stored.meaning.agreements.filter(({ status }) => status === 'open');
  }

  /** Agreements that their employee can find. */
  function found(): readonly (AgreementMeaning & { readonly employee: string })[] {
    const pointed = new Set(stored.rows.about.map((row) => `${row.manager} ${row.agreement}`));
    return stored.meaning.agreements.flatMap((agreement) => {
      const { employee, manager, id } = agreement;
      return employee !== null && pointed.has(`${manager} ${id}`) ? [{ ...agreement, employee }] : [];
    });
  }

  async function kept({
    tenant,
    manager,
    id,
  }: Pick<AgreementMeaning, 'tenant' | 'manager' | 'id'>): Promise<AgreementMeaning | null> {
    const where = { tenant, person: manager };
    const read = await stored.house.bot.stores.managers.agreement(where, id);
    return read === null ? null : agreementFacts(where, read.record);
  }

  async function now(agreement: AgreementMeaning): Promise<AgreementMeaning> {
    const read = await kept(agreement);
    if (read === null) throw new Error(`agreement ${agreement.id} is gone`);
    return read;
  }
});

/** What an agreement says, without the bookkeeping of its changes. */
function saying({
  version: _version,
  changedAt: _changedAt,
  answeredAt: _answeredAt,
  undelivered: _undelivered,
  ...said
}: AgreementMeaning) {
  return said;
}

/** What no change of an agreement touches. */
function unchanging({ id, tenant, manager, employee, name, managerName, member, ...rest }: AgreementMeaning) {
  const { conversation, evaluation, landed, removal, status, createdAt } = rest;
  const { rhythm, initiative } = evaluation;
  const whose = { id, tenant, manager, employee, name, managerName, member };
  return { ...whose, conversation, rhythm, initiative, landed, removal, status, createdAt };
}
