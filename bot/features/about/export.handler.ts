import { exportRecordsCard } from '../../../cards/about/export.card.js';
import { fileAskedCard, fileNotSavedCard } from '../../../cards/about/file.card.js';
import { waysCard } from '../../../cards/about/ways.card.js';
import { fileContext } from '../../../cards/actions.js';
import { wordsIn } from '../../../cards/content/words.js';
import type { UploadFile } from '../../file-upload.js';
import type { OwnOrganisation } from '../../own-organisation.js';
import { type Reply, refuse, show, showBeside, tell, type VerbHandlers } from '../../reply.js';
import type { FileAnswer, Turn } from '../../turn.js';
import { exportedOf, fileName, fileOf } from './export.rules.js';
import type { ReadOwnRecords } from './own-records.js';

export type ExportNeeds = {
  readonly ownRecords: ReadOwnRecords;
  readonly ownOrganisation: Pick<OwnOrganisation, 'of'>;
  readonly upload: UploadFile;
  readonly zone: string;
};

export type Export = VerbHandlers<'about.ways' | 'about.export' | 'about.file'> & {
  /** What somebody said to a file that was offered. */
  fileAnswered(turn: Turn, answer: FileAnswer): Promise<Reply>;
};

/** Somebody takes along what is recorded about them: as a file in their OneDrive, or from the chat. */
export function createExport({ ownRecords, ownOrganisation, upload, zone }: ExportNeeds): Export {
  const termsOf = async ({ tenant }: Turn) => (await ownOrganisation.of(tenant)).terms;
  return {
    'about.ways': async ({ lang }) => show(waysCard(lang)),
    'about.export': async (turn) => {
      const [records, terms] = await Promise.all([ownRecords(turn), termsOf(turn)]);
      const { unreadable } = records;
      const exported = exportedOf(records, terms, zone);
      return show(exportRecordsCard(turn.lang, exported, turn.data.page, { unreadable }));
    },
    'about.file': async (turn) => {
      const { lang, now, data } = turn;
      const words = wordsIn(lang).export;
      const records = await ownRecords(turn);
      const terms = await termsOf(turn);
      // For its size alone, which Teams takes as an estimate.
      const { length } = fileOf({ lang, as: data.as, records, terms, now, zone });
      return {
        kind: 'offer',
        offer: {
          name: fileName({ lang, as: data.as, now, zone }),
          description: words.fileDescription[data.as],
          sizeInBytes: length,
          context: { as: data.as, lang },
        },
        card: fileAskedCard(lang),
        otherwise: exportRecordsCard(lang, exportedOf(records, terms, zone), 0, {
          notice: words.noFiles,
          unreadable: records.unreadable,
        }),
      };
    },
    async fileAnswered(turn, { accepted, context, place }) {
      const asked = fileContext.safeParse(context);
      if (!asked.success) return refuse('outdated', wordsIn(turn.lang).notice.outdated);
      const { as, lang } = asked.data;
      const words = wordsIn(lang).export;
      if (!accepted) return tell(words.declined);
      if (place === null) return showBeside(fileNotSavedCard(lang, as, 'failed'));
      // Read anew, of whoever accepts: a consent of somebody else's brings nothing of theirs.
      const [records, terms] = await Promise.all([ownRecords(turn), termsOf(turn)]);
      const bytes = fileOf({ lang, as, records, terms, now: turn.now, zone });
      const { uploadUrl, ...file } = place;
      const outcome = await upload(uploadUrl, bytes);
      if (outcome !== 'saved') return showBeside(fileNotSavedCard(lang, as, outcome));
      return { kind: 'file', message: words.saved, file };
    },
  };
}
