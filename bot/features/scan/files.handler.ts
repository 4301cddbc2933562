import { button, type ScanFileContext, scanFileContext } from '../../../cards/actions.js';
import type { Lang } from '../../../cards/content/words.js';
import { messagesFor } from '../../../cards/content/words.js';
import { noticeWithButtons } from '../../../cards/notice/notice.card.js';
import { outcomeDocument, paperDocument } from '../../../cards/scan/scan-document.js';
import { wordDocument } from '../../../cards/word-document.js';
import type { UploadFile } from '../../clients/onedrive-upload.js';
import { dayOf, timeOf } from '../../domain/calendar.js';
import { type Reply, showBeside, tell, type VerbHandlers } from '../../reply.js';
import type { Scans } from '../../store/scans.js';
import type { FileAnswer, Turn } from '../../turn.js';
import { knownScan, noOutcome, scanGone } from './scan-reading.js';

export type ScanFilesDeps = {
  readonly scans: Pick<Scans, 'get'>;
  readonly upload: UploadFile;
  readonly zone: string;
};
export type ScanFiles = VerbHandlers<'scan.paper' | 'scan.file'> & {
  /** What somebody said to a file of a scan that was offered; null where the file was another. */
  fileAnswered(turn: Turn, answer: FileAnswer): Promise<Reply | null>;
};

/** The list on paper and the outcome as Word files, put in the OneDrive of whoever asks. */
export function createScanFiles(deps: ScanFilesDeps): ScanFiles {
  /**
   * Read anew each time, as whoever acts may see it: a consent of somebody else's brings nothing of theirs. Where there is
   * nothing to bring, what to say instead.
   */
  const bytesOf = async (
    turn: Turn,
    { as, scan: id, lang }: ScanFileContext,
  ): Promise<Uint8Array | Reply> => {
    if (as === 'scan-paper') return wordDocument(paperDocument(lang), turn.now);
    const scan = await knownScan(deps, turn, id);
    if (scan === null) return scanGone(turn);
    const { name, outcome } = scan;
    if (outcome === null) return noOutcome(turn, scan);
    return wordDocument(outcomeDocument(lang, { name, outcome }, dayOf(turn.now, deps.zone)), turn.now);
  };
  const offer = async (turn: Turn, context: ScanFileContext): Promise<Reply> => {
    const bytes = await bytesOf(turn, context);
    if (!(bytes instanceof Uint8Array)) return bytes;
    const { document: words } = messagesFor(turn.lang).scan;
    return {
      kind: 'offer',
      offer: {
        name: fileName(context, turn.now, deps.zone),
        description: words.description,
        sizeInBytes: bytes.length,
        context,
      },
      card: saidCard(turn.lang, context, { title: words.askedTitle, sentence: words.askedText }),
      otherwise: saidCard(turn.lang, context, { title: words.askedTitle, sentence: words.inChat }),
    };
  };
  return {
    'scan.paper': (turn) => offer(turn, { as: 'scan-paper', scan: '', lang: turn.lang }),
    'scan.file': (turn) => offer(turn, { as: 'scan-outcome', scan: turn.data.id, lang: turn.lang }),
    async fileAnswered(turn, { accepted, context, place }) {
      const asked = scanFileContext.safeParse(context);
      if (!asked.success) return null;
      const { lang } = asked.data;
      const { export: words } = messagesFor(lang);
      if (!accepted) return tell(words.declined);
      const failed = (why: 'failed' | 'used' | 'uncertain') =>
        showBeside(
          saidCard(lang, asked.data, { title: words.notSavedTitle[why], sentence: words.notSaved[why] }),
        );
      if (place === null) return failed('failed');
      const bytes = await bytesOf(turn, asked.data);
      if (!(bytes instanceof Uint8Array)) return bytes;
      const { uploadUrl, ...file } = place;
      const outcome = await deps.upload(uploadUrl, bytes);
      return outcome === 'saved' ? { kind: 'file', message: words.saved, file } : failed(outcome);
    },
  };
}

/** With its second: Teams brings no answer to a file whose name is in the OneDrive already. Nobody's name is in it. */
function fileName({ as, lang }: ScanFileContext, now: string, zone: string): string {
  const { document: words } = messagesFor(lang).scan;
  const time = `${timeOf(now, zone)}:${now.slice(17, 19)}`.replaceAll(':', '.');
  const title = as === 'scan-paper' ? words.paperName : words.fileName;
  return `${title} ${dayOf(now, zone)} ${time}.docx`;
}

/** What happens with the file, with the way to the same in the chat. */
function saidCard(
  lang: Lang,
  { as, scan: id }: ScanFileContext,
  { title, sentence }: { readonly title: string; readonly sentence: string },
) {
  const { scan: words } = messagesFor(lang);
  return noticeWithButtons(lang, {
    title,
    sentence,
    buttons: [
      as === 'scan-paper'
        ? button(lang, 'knowledge.subject', words.document.inChatOpen, { subject: 'characteristics' })
        : button(lang, 'scan.outcome', words.news.see, { id, page: 0 }),
      as === 'scan-paper'
        ? button(lang, 'scan.paper', messagesFor(lang).export.again, {})
        : button(lang, 'scan.file', messagesFor(lang).export.again, { id }),
      button(lang, 'scan.open', words.home, {}, { secondary: true }),
    ],
  });
}
