import { CommandProblem } from '../terminal/problems.ts';

/** A file cannot be read. The message is one sentence for the terminal. */
export class FileProblem extends CommandProblem {}
