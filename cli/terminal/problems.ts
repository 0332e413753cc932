/** The arguments of a command are wrong. The message is a sentence for the terminal; the exit code is 2. */
export class UsageProblem extends Error {}

/** The command could not do its work. The message is a sentence for the terminal; the exit code is 1. */
export class CommandProblem extends Error {}
