import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { FIRST } from './time-limits.js';

/** Begins with what takes longest; the rest as it is known from earlier runs, or by the size of its file. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const place = ({ moduleId }: TestSpecification) => {
      const at = FIRST.indexOf(relative(root, moduleId));
      return at === -1 ? FIRST.length : at;
    };
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => group(one) - group(other) || place(one) - place(other));
  }
}
