import { describe, expect, it } from 'vitest';
import { faultsOf } from '../faults.js';
import type { Activity } from './activities.js';
import { invokeFault, isTooBig, messageFaults } from './teams-rules.js';

// In two parts, or it would be taken for a template literal in the wrong quotes.
const UNFILLED = ['$', '{name}'].join('');
const CARD = 'application/vnd.microsoft.card.adaptive';
const submit = { type: 'Action.Submit', title: 'Verder' };
const execute = { type: 'Action.Execute', title: 'Verder', verb: 'go', fallback: submit };

function remarksOn(fields: object): string[] {
  const content = { type: 'AdaptiveCard', version: '1.5', body: [], ...fields };
  return messageFaults({ type: 'message', attachments: [{ contentType: CARD, content }] });
}

describe('teams-rules', () => {
  it('finds nothing in a card that is as it should be: fallback on a set, more actions in the overflow, any payload', () => {
    const input = { type: 'Input.Text', id: 'who', label: 'Wie' };
    const toggle = { type: 'Input.Toggle', id: 'on', title: 'Aan' };
    const image = { type: 'Image', url: 'https://example.org/a.png', altText: '' };
    expect(
      remarksOn({ body: [input, toggle, image, { type: 'ActionSet', actions: [execute, submit] }] }),
    ).toEqual([]);
    const set = { type: 'ActionSet', actions: [{ ...execute, fallback: undefined }], fallback: submit };
    const more = Array(9).fill({ ...submit, mode: 'secondary' });
    expect(remarksOn({ body: [set], actions: more })).toEqual([]);
    expect(remarksOn({ actions: [{ ...submit, data: { input: { type: 'Input.Text' } } }] })).toEqual([]);
  });

  const cases: [string, object, string[]][] = [
    ['a version above 1.5', { version: '1.6' }, ['card version 1.6 is above 1.5']],
    ['a card without a version', { version: undefined }, ['a card without a version']],
    [
      'a template that was not filled in',
      { body: [{ type: 'TextBlock', text: UNFILLED }] },
      ['a card with ${'],
    ],
    [
      'an input without id and label',
      { body: [{ type: 'Input.Date' }] },
      ['without an id', 'without a label'],
    ],
    ['a toggle that says nothing', { body: [{ type: 'Input.Toggle', id: 'on' }] }, ['without a label']],
    [
      'two inputs by one id, also across columns',
      {
        body: [
          { type: 'Input.Text', id: 'a', label: 'A' },
          {
            type: 'ColumnSet',
            columns: [{ type: 'Column', items: [{ type: 'Input.Date', id: 'a', label: 'B' }] }],
          },
        ],
      },
      ['input id a is used more than once'],
    ],
    ['an image without altText', { body: [{ type: 'Image', url: 'x' }] }, ['an image without altText: x']],
    [
      'an image in a set without altText',
      { body: [{ type: 'ImageSet', images: [{ url: 'y' }] }] },
      ['altText: y'],
    ],
    ['a chart without a fallback', { body: [{ type: 'Chart.Donut' }] }, ['Chart.Donut without a fallback']],
    ['a button without a title', { actions: [{ type: 'Action.Submit' }] }, ['Action.Submit without a title']],
    [
      'an Action.Execute without a fallback, also as selectAction',
      { body: [{ type: 'Container', selectAction: { ...execute, fallback: undefined } }] },
      ['without an Action.Submit to fall back on'],
    ],
    ['an Action.Execute without a verb', { actions: [{ ...execute, verb: undefined }] }, ['without a verb']],
    ['seven primary actions', { actions: Array(7).fill(submit) }, ['7 primary actions']],
    [
      'seven primary actions over two sets',
      { actions: [submit], body: [{ type: 'ActionSet', actions: Array(6).fill(submit) }] },
      ['7 primary actions'],
    ],
  ];
  it('remarks on a card that Teams would not show', async () => {
    expect(
      await faultsOf(cases, (_, fields, expected) => {
        const faults = remarksOn(fields);
        expect(faults).toHaveLength(expected.length);
        expected.forEach((words, at) => void expect(faults[at]).toContain(words));
      }),
    ).toEqual([]);
  });

  it('warns above 28 KB in UTF-8 and refuses above 100 KB in UTF-16, images not counted', () => {
    const message = (text: string): Activity => ({ type: 'message', text });
    expect(messageFaults(message('é'.repeat(14_400)))).toEqual(['a message of 28.2 KB, over 28 KB']);
    expect(isTooBig(message('a'.repeat(51_000)))).toBe(false);
    expect(isTooBig(message('a'.repeat(51_300)))).toBe(true);
    expect(isTooBig(message(`data:image/png;base64,${'A'.repeat(90_000)}`))).toBe(false);
  });

  it('remarks on a message that shows nothing and on what Teams does not show', () => {
    expect(messageFaults({ type: 'message' })).toEqual(['a message without text and without attachments']);
    expect(messageFaults({ type: 'trace' })).toEqual(['Teams shows no activity of type trace']);
    expect(messageFaults({ type: 'typing' })).toEqual([]);
  });
});

describe('teams-rules, the answer to a press', () => {
  const message = 'application/vnd.microsoft.activity.message';
  const error = 'application/vnd.microsoft.error';
  const good: [string, object][] = [
    ['a card', { statusCode: 200, type: CARD, value: { type: 'AdaptiveCard' } }],
    ['a message', { statusCode: 200, type: message, value: 'Gedaan' }],
    ['an error', { statusCode: 400, type: error, value: { code: 'BadRequest', message: 'x' } }],
  ];
  it('takes the answers that Teams takes, and remarks on others', async () => {
    expect(
      await faultsOf(good, (_, body) => {
        expect(invokeFault(200, body)).toBeUndefined();
      }),
    ).toEqual([]);
    expect(
      await faultsOf(bad, (_, status, body, words) => {
        expect(invokeFault(status, body)).toContain(words);
      }),
    ).toEqual([]);
  });

  const bad: [string, number, unknown, string][] = [
    ['no HTTP 200', 400, good[2]?.[1], 'HTTP 400'],
    ['no body', 200, undefined, 'not in the universal action model'],
    [
      'the old name of a card',
      200,
      { statusCode: 200, type: 'application/vnd.microsoft.adaptive.card' },
      'not in',
    ],
    ['a message that is no text', 200, { statusCode: 200, type: message, value: {} }, 'wrong value'],
    [
      'an error without a code',
      200,
      { statusCode: 500, type: error, value: { message: 'x' } },
      'wrong value',
    ],
  ];
});
