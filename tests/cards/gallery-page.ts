import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { LANGS } from '../../cards/content/words.js';
import type { Sample } from './samples.js';
import { withoutTeamsAdditions } from './teams-additions.js';

const require = createRequire(import.meta.url);

/** One page that needs nothing beside it: the renderer and the cards are in it, and the browser draws them. */
export function galleryOf(all: readonly Sample[]): string {
  const names = [...new Set(all.map(({ name }) => name))];
  const cards = Object.fromEntries(
    all.map(({ name, lang, card }) => [`${name}|${lang}`, withoutTeamsAdditions(card)]),
  );
  const rows = names.map(
    (name) =>
      `<section id="${slug(name)}"><h2>${escapeText(name)}</h2>${LANGS.filter(
        (lang) => `${name}|${lang}` in cards,
      )
        .map((lang) => `<div class="card" lang="${lang}" data-card="${escapeText(`${name}|${lang}`)}"></div>`)
        .join('')}</section>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Kopje Koffie: all cards</title>
<style>
body { font: 14px "Segoe UI", system-ui, sans-serif; margin: 24px; background: #f5f5f5; color: #242424 }
section { display: grid; grid-template-columns: var(--width, 360px) var(--width, 360px); gap: 8px 24px; margin: 0 0 32px; align-items: start }
h2 { grid-column: 1 / -1; font-size: 14px; margin: 0; color: #616161 }
.card { background: #fff; border: 1px solid #d1d1d1; border-radius: 6px; overflow: hidden }
.ac-pushButton { font: inherit; padding: 5px 12px; border: 1px solid #d1d1d1; border-radius: 4px; background: #fff; white-space: normal }
.ac-input { font: inherit }
.dark h2 { color: #adadad }
a { color: #4f52b2 }
.dark a { color: #9ea2ff }
.dark, .dark .card, .dark .ac-pushButton, .dark .ac-input { background: #292929; color: #fff; border-color: #666 }
</style>
<h1>All cards</h1>
${rows.join('\n')}
<script>${inScript(readFileSync(require.resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8'))}</script>
<script>
const cards = ${inScript(JSON.stringify(cards))};
const { AdaptiveCard, HostConfig, CardElement, SerializationContext, Versions } = AdaptiveCards;
// A hash of its own: gallery.html#dark draws on Teams' dark theme, #320 as wide as a small phone, #dark,320 both.
const asked = location.hash.slice(1).split(',');
const isDark = asked.includes('dark');
document.body.classList.toggle('dark', isDark);
const width = asked.find((one) => /^[0-9]+$/.test(one));
if (width !== undefined) document.body.style.setProperty('--width', width + 'px');
const both = (color) => ({ default: color, subtle: color });
const COLORS = isDark ? {
  default: { default: '#ffffff', subtle: '#adadad' },
  accent: both('#9ea2ff'), attention: both('#f1707b'), good: both('#54b054'), warning: both('#fce100'),
} : {
  default: { default: '#242424', subtle: '#616161' },
  accent: both('#4f52b2'), attention: both('#b10e1c'), good: both('#0e700e'), warning: both('#835b00'),
};
const GROUNDS = isDark
  ? { default: '#292929', emphasis: '#1f1f1f', accent: '#2b2b40', good: '#052505', attention: '#3b0509', warning: '#4a1e04' }
  : { default: '#ffffff', emphasis: '#f0f0f0', accent: '#e8ebfa', good: '#e7f2da', attention: '#fcf4f6', warning: '#fbf6d9' };
const host = new HostConfig({
  fontFamily: '"Segoe UI", system-ui, sans-serif',
  spacing: { small: 4, default: 8, medium: 16, large: 24, extraLarge: 32, padding: 16 },
  // Teams reads a heading as one of a level; without this the renderer gives it none.
  textBlock: { headingLevel: 2 },
  containerStyles: Object.fromEntries(
    Object.entries(GROUNDS)
      .map(([style, backgroundColor]) => [style, { backgroundColor, foregroundColors: COLORS }]),
  ),
  actions: { actionsOrientation: 'vertical', actionAlignment: 'stretch', buttonSpacing: 8, maxActions: 6 },
});
// Teams reads markdown in texts; here only its links matter to the eye.
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
    .replace(/(?<!\\\\)\\[([^\\]]+)\\]\\(([^)]+)\\)/g, '<a href="$2">$1</a>')
    .replace(/\\\\([*_~\`[\\]()<>#|{}\\\\])/g, '$1').replace(/^- /, '• ');
  result.didProcess = true;
};
for (const place of document.querySelectorAll('.card')) {
  CardElement.langProperty.regEx.lastIndex = 0;
  const card = new AdaptiveCard();
  card.hostConfig = host;
  card.parse(cards[place.dataset.card], new SerializationContext(Versions.v1_5));
  place.append(card.render());
}
document.body.dataset.done = 'yes';
</script>
</html>
`;
}

function slug(name: string): string {
  return name.replace(/[^a-z0-9]+/gi, '-');
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}

/** Keeps a closing tag inside a script from ending it. */
function inScript(text: string): string {
  return text.replace(/<\/script/gi, '<\\/script').replace(/<!--/g, '<\\!--');
}
