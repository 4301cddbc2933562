import { createHash } from 'node:crypto';
import type { Lang } from '../../../cards/content/words.js';
import { escapeMarkup } from '../../../cards/plain.js';

const STYLE =
  'body{font:1rem/1.6 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#242424;background:#fff;overflow-wrap:break-word}h1,h2,h3{line-height:1.3;hyphens:auto}a{color:#4f52b2}@media(prefers-color-scheme:dark){body{color:#eee;background:#1f1f1f}a{color:#a9aaff}}';

/** Nothing but the page's own style may run or load: there is no script, no picture and no frame. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

export function htmlPage(lang: Lang, title: string, body: readonly string[]): string {
  return `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeMarkup(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeMarkup(title)}</h1>
${body.join('\n')}
</main></body>
</html>
`;
}

export function listOf(lines: readonly string[]): string {
  return `<ul>${lines.map((line) => `<li>${escapeMarkup(line)}</li>`).join('')}</ul>`;
}
