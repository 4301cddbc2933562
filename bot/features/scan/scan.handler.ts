import { type Answering, type AnsweringDeps, createAnswering } from './answering.handler.js';
import { createScanFiles, type ScanFiles, type ScanFilesDeps } from './files.handler.js';
import { createManaging, type Managing, type ManagingDeps } from './managing.handler.js';
import { createMeeting, type Meeting, type MeetingDeps } from './meeting.handler.js';

export type ScanDeps = ManagingDeps & AnsweringDeps & MeetingDeps & ScanFilesDeps;
export type ScanFeature = Managing & Answering & Meeting & ScanFiles;

/** A team looks at thirteen characteristics of its work, together and without anybody's own figures. */
export function createScan(deps: ScanDeps): ScanFeature {
  const managing = createManaging(deps);
  return {
    ...managing,
    ...createAnswering(deps, managing),
    ...createMeeting(deps),
    ...createScanFiles(deps),
  };
}
