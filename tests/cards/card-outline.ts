import type { CardPart } from '../support/teams/teams-card.js';

/** Longer values in a button's payload stand for what was typed: they would hide what the button does. */
const VALUE_MAX = 40;
/** Parts of a card that nobody sees, or only instead of the part itself. */
const UNSEEN = ['fallback', 'data', 'choices', 'choices.data', 'refresh', 'metadata', 'msteams', 'facts'];

/**
 * A card as an outline to read and to compare: a line for each heading (`#`), text, input with its label and id, and
 * button with its title, verb and payload, in reading order. What a button opens in place is indented under it.
 * Looks are left out, so that a change of layout alone changes nothing here.
 */
export function cardOutline(card: Readonly<Record<string, unknown>>): string {
  const { refresh, fallbackText } = card as { refresh?: { action?: CardPart }; fallbackText?: string };
  const lines = [
    `notification: ${fallbackText ?? ''}`,
    ...linesOf(card),
    ...(refresh?.action === undefined ? [] : [`refresh -> ${actionOf(refresh.action)}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function linesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(linesOf);
  if (typeof value !== 'object' || value === null) return [];
  const part = value as Readonly<Record<string, unknown>>;
  const own = lineOf(part);
  if (part.type === 'Action.ShowCard') return [...own, ...linesOf(part.card).map((line) => `  ${line}`)];
  const inner = Object.entries(part).flatMap(([name, held]) => (UNSEEN.includes(name) ? [] : linesOf(held)));
  return part.isVisible === false ? [...own, ...inner].map((line) => `(hidden) ${line}`) : [...own, ...inner];
}

function lineOf(part: Readonly<Record<string, unknown>>): string[] {
  const type = String(part.type ?? '');
  if (type === 'TextBlock') return [`${part.style === 'heading' ? '# ' : ''}${part.text}`];
  if (type === 'FactSet') return factsOf(part).map(({ title, value }) => `${title}: ${value}`);
  if (type === 'CodeBlock') return [`code: ${String(part.codeSnippet).length} characters`];
  if (type === 'Image') return [`image: ${part.altText}`];
  if (type.startsWith('Input.')) return inputOf(part);
  if (type === 'Action.OpenUrl') return [`[${part.title}] -> ${part.url}`];
  if (type === 'Action.ToggleVisibility') return [`[${part.title}] -> shows or hides ${idsOf(part)}`];
  if (type === 'Action.ShowCard') return [`[${part.title}] -> opens:`];
  return type.startsWith('Action.') ? [`[${part.title}] -> ${actionOf(part)}`] : [];
}

function inputOf(input: Readonly<Record<string, unknown>>): string[] {
  const { id, label, placeholder, value, isRequired } = input;
  const choices = (input.choices ?? []) as readonly { readonly title: string; readonly value: string }[];
  const kind = String(input.type).slice('Input.'.length).toLowerCase();
  const field = [
    `<${kind} ${id}${isRequired === true ? ', required' : ''}>`,
    ...(label === undefined ? [] : [label]),
    ...(placeholder === undefined ? [] : [`(${placeholder})`]),
    ...(value === undefined || value === '' ? [] : [`= ${value}`]),
  ].join(' ');
  return [field, ...choices.map((choice) => `  ${choice.value}: ${choice.title}`)];
}

function actionOf(action: Readonly<Record<string, unknown>>): string {
  const data = { ...(action.data as Readonly<Record<string, unknown>> | undefined) };
  const verb = String(action.verb ?? data.verb ?? action.type);
  const payload = Object.entries(data)
    .filter(([name]) => name !== 'lang' && name !== 'verb')
    .map(([name, value]) => `${name}${shortOf(value)}`);
  const inputs = action.associatedInputs === 'none' ? ', takes no inputs' : '';
  return `${verb}${payload.length === 0 ? '' : ` {${payload.join(', ')}}`}${inputs}`;
}

function shortOf(value: unknown): string {
  if (Array.isArray(value)) return ` (${value.length})`;
  if (typeof value === 'object' && value !== null) return ` {${Object.keys(value).join(', ')}}`;
  return String(value).length > VALUE_MAX ? '' : `: ${value}`;
}

function factsOf(part: Readonly<Record<string, unknown>>) {
  return (part.facts ?? []) as readonly { readonly title: string; readonly value: string }[];
}

function idsOf(part: Readonly<Record<string, unknown>>): string {
  const targets = (part.targetElements ?? []) as readonly (string | { readonly elementId: string })[];
  return targets.map((target) => (typeof target === 'string' ? target : target.elementId)).join(', ');
}
