import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { messagesFor } from '../../cards/content/words.js';
import { type GraphStandIn, startGraph } from '../support/azure/fake-graph.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { SOON_MS } from '../support/run/time-limits.js';
import { type House, openHouse } from '../support/running-bot.js';
import { deskAgreement, recordAgreement } from '../support/shared-agreement.js';
import type { Person } from '../support/teams/teams.js';

const APP = '7d8f2f0a-54a0-4f0b-9f0f-6a3a1f7a1111';
const WELCOME = messagesFor('nl').welcome;

describe('somebody who never opened the app, and with whom an agreement is shared', () => {
  let graph: GraphStandIn;
  let house: House;
  let mila: Person;
  let sanne: Person;
  beforeEach(async () => {
    graph = await startGraph();
  });
  afterEach(async () => {
    await house.close();
    await graph.close();
  });

  async function share(options: { readonly catalogApp?: string } = {}) {
    house = await openHouse({ now: '2027-01-12T10:00:00+01:00', graph, ...options });
    mila = house.teams.person({ name: 'Mila de Wit' });
    sanne = house.teams.person({ name: 'Sanne Bakker' });
    graph.directory.set(sanne.objectId, []);
    await mila.install();
    await recordAgreement(mila, ...deskAgreement(sanne));
    await house.remind('2027-01-12T10:01:00+01:00');
  }

  it('gets the app, a welcome and the agreement, each once', async () => {
    await share({ catalogApp: APP });
    await vi.waitFor(() => expect([...graph.installed.keys()]).toEqual([sanne.objectId]), {
      timeout: SOON_MS,
    });
    expect(sanne.messages()).toEqual([]);
    // Teams tells the bot of it, as of an installation by hand.
    await sanne.install();
    await house.remind('2027-01-12T10:02:00+01:00');
    const shown = sanne.messages().map(cardText);
    expect(shown).toHaveLength(2);
    expect(shown[0]).toContain(WELCOME.title);
    expect(shown[1]).toContain('De balie gaat naar Joris');
    // And opens it herself: Teams may say again that it was installed.
    await sanne.install();
    await house.remind('2027-01-12T10:03:00+01:00');
    expect(sanne.messages()).toHaveLength(2);
    expect(house.logged.join()).not.toContain('could not be installed');
  });

  it('is tried again the next night, when it could not be done', async () => {
    graph.troubles.push({ status: 403 });
    await share({ catalogApp: APP });
    await vi.waitFor(() => expect(house.logged.join()).toContain('"code":"graph-403"'), { timeout: SOON_MS });
    expect(house.logged.join()).not.toContain(sanne.objectId);
    await house.work('reconcile', '2027-01-13T03:30:00+01:00');
    await vi.waitFor(() => expect([...graph.installed.keys()]).toEqual([sanne.objectId]), {
      timeout: SOON_MS,
    });
  });

  it('is not brought it after she took it away, nor where nobody said that the bot may', async () => {
    await share();
    await house.work('reconcile', '2027-01-13T03:30:00+01:00');
    expect([...graph.installed]).toEqual([]);
    await house.close();
    await share({ catalogApp: APP });
    await vi.waitFor(() => expect(graph.installed.size).toBe(1), { timeout: SOON_MS });
    graph.installed.clear();
    await sanne.install();
    await sanne.uninstall();
    for (const night of ['2027-01-14', '2027-01-16'])
      await house.work('reconcile', `${night}T03:30:00+01:00`);
    await house.remind('2027-01-16T10:00:00+01:00');
    expect([...graph.installed]).toEqual([]);
    expect(headingOf(mila.messages().at(-1)!)).not.toBe('');
  });
});
