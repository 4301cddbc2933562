import { type House, openHouse } from './running-bot.js';
import type { Person } from './teams/teams.js';
import type { Inputs } from './teams/teams-inputs.js';
import type { Press } from './teams/teams-person.js';

/** Fills in both steps of the form, about whom and what is agreed, and saves it: what the last press got for an answer. */
export async function recordAgreement(manager: Person, who: Inputs, plan: Inputs): Promise<Press> {
  const form = await manager.says('afspraak vastleggen');
  const { message } = await manager.press(form.messages[0]!, { verb: 'agreement.details' }, who);
  return manager.press(message, { verb: 'agreement.save' }, plan);
}

/** What is filled in where it does not matter what is agreed: whom it is about, and that Joris takes over the desk. */
export function deskAgreement(
  employee: Person,
  { next = '2027-03-26' }: { readonly next?: string } = {},
): readonly [who: Inputs, plan: Inputs] {
  return [
    { name: 'Sanne', person: employee.objectId, day: '2027-01-11', subjects: 'tasks' },
    {
      ...{ what1: 'De balie gaat naar Joris', who1: 'manager', by1: '2027-01-20', next },
      ...{ rhythm: 'two-weekly', initiative: 'manager' },
    },
  ];
}

/** A bot with Mila, a manager, and Sanne, whom her agreement is about. */
export type SharedAgreement = { readonly house: House; readonly mila: Person; readonly sanne: Person };

/** In tables in memory. Mila has recorded one agreement with Sanne, on Tuesday 12 January 2027; nothing has been sent yet. */
export async function openSharedAgreement(): Promise<SharedAgreement> {
  const house = await openHouse({ now: '2027-01-12T10:00:00+01:00', inMemory: true });
  const mila = house.teams.person({ name: 'Mila de Wit' });
  const sanne = house.teams.person({ name: 'Sanne Bakker' });
  await mila.install();
  await sanne.install();
  await recordAgreement(mila, ...deskAgreement(sanne));
  return { house, mila, sanne };
}
