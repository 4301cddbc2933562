/** Somebody in the organisation that the local try-out plays. */
export type Person = {
  /** Entra object id. */
  readonly id: string;
  readonly givenName: string;
  readonly surname: string;
};

/** Entra tenant id of the organisation that the local try-out plays. */
export const TENANT_ID = '7d5e3c10-94b2-4f60-8a1d-2f6b9c0e4a75';

export const MANAGER: Person = person('1b9f6a52-0c3d-4e8f-9a71-5d2c8e4b7f01', 'Mila', 'de Wit');
export const EMPLOYEE: Person = person('2c8e7b43-1d4f-4a9e-8b62-6e3d9f5a8c02', 'Sanne', 'Bakker');
const SECOND_EMPLOYEE: Person = person('3d7d8c34-2e5a-4b8d-9c53-7f4eaa6b9d03', 'Ahmed', 'el Amrani');

/** The Playground wants exactly five people beside the one who looks at it. */
const EVERYBODY: readonly Person[] = [
  MANAGER,
  EMPLOYEE,
  SECOND_EMPLOYEE,
  person('4e6c9d25-3f6b-4c7c-ad44-805fbb7cae04', 'Fatima', 'Yildiz'),
  person('5f5bae16-406c-4d6b-be35-916acc8dbf05', 'Joris', 'van Dam'),
  person('605abf07-517d-4e5a-8f26-a27bdd9ec006', 'Linh', 'Nguyen'),
];

export function fullName({ givenName, surname }: Person): string {
  return `${givenName} ${surname}`;
}

/**
 * The Playground's configuration, format 0.1.1, seen by one person. All ids are fixed, so that what the bot stored
 * about a person still holds after a restart.
 */
export function playgroundConfig(viewer: Person): object {
  return {
    version: '0.1.1',
    tenantId: TENANT_ID,
    bot: { id: '28:kopje-koffie', name: 'Kopje Koffie' },
    currentUser: account(viewer),
    users: EVERYBODY.filter(({ id }) => id !== viewer.id).map(account),
    personalChat: { id: `a:${viewer.id}` },
    groupChat: { id: '19:groep@thread.v2', name: 'Teamoverleg' },
    team: {
      id: '19:team@thread.tacv2',
      name: 'Klantenservice',
      aadGroupId: '716bc0f8-628e-4f49-9017-b38cee0fd107',
      channels: [{ id: '19:kanaal@thread.tacv2', name: 'Rooster' }],
    },
  };
}

function person(id: string, givenName: string, surname: string): Person {
  return { id, givenName, surname };
}

function account(someone: Person): object {
  const mail = `${someone.givenName}.${someone.surname}@example.com`.toLowerCase().replaceAll(' ', '');
  return {
    // Teams has a `29:` id here. The Playground's people picker answers with this id where Teams answers with the
    // Entra object id, so the same id in both places makes it answer as Teams does.
    id: someone.id,
    aadObjectId: someone.id,
    name: fullName(someone),
    givenName: someone.givenName,
    surname: someone.surname,
    email: mail,
    // Spelt so in the format.
    userPrincipleName: mail,
  };
}
