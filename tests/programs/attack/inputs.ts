import { messagesFor } from '../../../cards/content/words.js';
import { type Card, type CardPart, inputsOf } from '../../support/teams/teams-card.js';
import type { Chance } from './chance.js';
import { costlyText, DANGER, oddText } from './texts.js';
import { type Actor, colleagueOf, dayIn, type World } from './world.js';

/** How a form is filled in: as somebody would, with something odd among it, or by a hand that means harm. */
export type Manner = 'sensible' | 'one odd' | 'hostile';

/** What goes along with a press, by the ids of the inputs. */
export function fillIn(
  world: World,
  actor: Actor,
  cards: readonly Card[],
  manner: Manner,
  chance: Chance,
): Record<string, unknown> {
  const inputs = inputsOf(cards);
  const odd = manner === 'one odd' ? chance.any(inputs) : undefined;
  const filled: Record<string, unknown> = {};
  for (const input of inputs) {
    const id = String(input.id);
    const spoiled = input === odd || (manner === 'hostile' && chance.yes(0.5));
    const value = spoiled
      ? hostileValue(world, actor, input, chance)
      : sensibleValue(world, actor, input, chance);
    if (value !== undefined) filled[id] = value;
  }
  return filled;
}

function sensibleValue(world: World, actor: Actor, input: CardPart, chance: Chance): unknown {
  switch (input.type) {
    case 'Input.Text':
      return sensibleText(world, actor, input, chance);
    case 'Input.Date':
      return sensibleDay(world, input, chance);
    case 'Input.Time':
      return chance.of(['07:30', '09:00', '13:00', '16:45', '23:30']);
    case 'Input.Number':
      return String(chance.between(Number(input.min ?? 0), Number(input.max ?? 500)));
    case 'Input.Toggle':
      return String(chance.yes(0.5) ? (input.valueOn ?? 'true') : (input.valueOff ?? 'false'));
    case 'Input.ChoiceSet':
      return sensibleChoice(world, actor, input, chance);
    default:
      return '';
  }
}

function sensibleText(world: World, actor: Actor, input: CardPart, chance: Chance): string {
  const id = String(input.id);
  const stands = typeof input.value === 'string' ? input.value : '';
  if (stands !== '' && chance.yes(0.6)) return stands;
  if (id === 'phone') return '020 123 4567';
  if (id === 'mail') return 'hulp@voorbeeld.nl';
  if (id === 'link') return 'https://voorbeeld.nl/hulp';
  if (id === 'record') return chance.any(world.payloads.map(({ data }) => String(data.id ?? ''))) ?? '';
  if (id === 'json') return JSON.stringify({ contacts: [] });
  const name = () => `${chance.of(['Roos', 'Tim', 'Noor', 'Daan', 'Yara'])} ${world.secrets.word(actor.key)}`;
  if (id === 'names') return Array.from({ length: chance.between(1, 3) }, name).join('\n');
  if (id === 'name' || id === 'personName') return name();
  if (/^(closed|passed|sent|audit|unreachable)/.test(id)) return stands;
  if (input.isRequired !== true && !id.startsWith('what') && chance.yes(0.3)) return '';
  return `De map ${world.secrets.word(actor.key)} gaat naar de balie`;
}

function sensibleDay(world: World, { min, max, value }: CardPart, chance: Chance): string {
  if (typeof value === 'string' && value !== '' && chance.yes(0.4)) return value;
  const first = typeof min === 'string' ? min : dayIn(world, -5);
  const last = typeof max === 'string' ? max : dayIn(world, 40);
  const day = dayIn(world, chance.of([-3, 0, 1, 2, 5, 8, 14, 25]));
  return day < first ? first : day > last ? last : day;
}

function sensibleChoice(world: World, actor: Actor, input: CardPart, chance: Chance): string {
  // Of people: somebody from Teams, or nobody, since the field may stay empty.
  if (input['choices.data'] !== undefined) {
    if (chance.yes(0.25)) return '';
    return colleagueOf(world, actor, chance)?.person.objectId ?? '';
  }
  const choices = ((input.choices ?? []) as { value: string }[]).map(({ value }) => value);
  if (input.isMultiSelect !== true) {
    // A list of people who are there already: mostly somebody new is typed.
    if (input.id === 'known' && chance.yes(0.7)) return '';
    return chance.any(choices) ?? '';
  }
  const chosen = choices.filter(() => chance.yes(0.5));
  return (chosen.length > 0 ? chosen : choices.slice(0, 1)).join(',');
}

function hostileValue(world: World, actor: Actor, input: CardPart, chance: Chance): unknown {
  const titles = ((input.choices ?? []) as { title: string }[]).map(({ title }) => title);
  const stranger = chance.any([...world.actors, world.bystander].filter((one) => one !== actor));
  return chance.weighted<unknown>([
    [undefined, 3],
    [null, 4],
    [chance.between(-5, 1e9), 2],
    [true, 1],
    [[], 1],
    [['tasks', 'hours'], 1],
    [{ value: 'tasks' }, 1],
    ['', 2],
    ['x'.repeat(chance.of([61, 201, 5_000, 19_999, 20_001])), 2],
    [costlyText(chance).slice(0, 20_000), 1],
    [oddText(chance), 4],
    [chance.any(titles) ?? 'Elke week', 2],
    [chance.any(OTHER_TITLES) ?? '', 2],
    [stranger?.person.objectId.toUpperCase() ?? '', 1],
    [stranger?.person.objectId ?? '', 1],
    [`29:1${'A'.repeat(40)}`, 1],
    [chance.of(['2027-02-30', '31-12-2026', '9999-12-31', '0001-01-01', '2027-1-5', 'morgen']), 2],
    [chance.of(['05:30 PM', '25:00', '9', 'half negen', '12:15 AM']), 1],
    [chance.any(DANGER) ?? '', 1],
    [chance.of(['Vries, Jan de', 'Piet Kerkhof', '\u2800', 'Jan|Piet', 'eerst 9|17 uur']), 1],
    [chance.of(['migraine', 'zij is ziek door een burn-out']), 1],
  ]);
}

/** What a choice is called in either language: a client may send it instead of its value. */
const OTHER_TITLES = (['nl', 'en'] as const).flatMap((lang) => {
  const { agreement, coffee } = messagesFor(lang);
  return [agreement.rhythm, agreement.subjects, agreement.whoIs, coffee.rhythms].flatMap((titles) =>
    Object.values(titles),
  );
});
