// The smallest bot that can be tried out: answers a message with a card, and a press with the card that replaces it.
// Plain JavaScript without dependencies, because the local try-out starts its bot as a process of its own.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (part) => {
    text += part;
  });
  request.on('end', async () => {
    const activity = request.method === 'POST' ? JSON.parse(text) : {};
    if (activity.type === 'message') await reply(activity);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(activity.type === 'invoke' ? replacement(activity) : {}));
  });
});
server.listen(Number(process.env.PORT), process.env.HOST);

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));

async function reply({ serviceUrl, conversation, text, value }) {
  const content = card(`You said: ${text ?? JSON.stringify(value)}`);
  await fetch(`${serviceUrl}/v3/conversations/${encodeURIComponent(conversation.id)}/activities`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'message',
      conversation,
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
    }),
  });
}

function replacement({ from, value }) {
  const { verb, data } = value.action;
  const said = { verb, ...data, by: from.aadObjectId };
  return {
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
    value: card(`You pressed: ${JSON.stringify(said)}`),
  };
}

function card(title) {
  const choices = ['Taken', 'Uren', 'Rust'].map((choice) => ({ title: choice, value: choice.toLowerCase() }));
  const choiceSet = (id, label, more) => ({ type: 'Input.ChoiceSet', id, label, choices, ...more });
  const people = { type: 'Data.Query', dataset: 'graph.microsoft.com/users' };
  const quiet = { type: 'Action.Execute', associatedInputs: 'none' };
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    lang: 'nl',
    body: [
      { type: 'TextBlock', text: title, wrap: true, style: 'heading', weight: 'bolder' },
      { type: 'Input.Text', id: 'name', label: 'Naam', isRequired: true, errorMessage: 'Vul een naam in' },
      { type: 'Input.Text', id: 'note', label: 'Afspraak', isMultiline: true },
      { type: 'Input.Date', id: 'date', label: 'Datum', value: '2027-01-04' },
      choiceSet('who', 'Met wie?', { choices: [], 'choices.data': people }),
      choiceSet('one', 'Initiatief', { style: 'expanded' }),
      choiceSet('some', 'Onderwerpen', { style: 'expanded', isMultiSelect: true }),
      choiceSet('rhythm', 'Ritme', { style: 'compact' }),
      choiceSet('more', 'Meer onderwerpen', { style: 'compact', isMultiSelect: true }),
      {
        type: 'Input.Toggle',
        id: 'share',
        title: 'Deel het',
        label: 'Delen',
        valueOn: 'yes',
        valueOff: 'no',
      },
      { type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'Opslaan', verb: 'save' }] },
    ],
    actions: [
      { ...quiet, title: 'Verder', verb: 'next' },
      { ...quiet, title: 'Later', verb: 'later', mode: 'secondary' },
    ],
  };
}
