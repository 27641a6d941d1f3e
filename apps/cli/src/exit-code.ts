/** What the exit code tells a script. */
export const EXIT = {
  ok: 0,
  /** It was tried and failed, or a check found a difference. */
  failed: 1,
  /** The command line, or a parameter of the question, is wrong. */
  usage: 2,
  /** The server or the files cannot be reached now; trying again may help. */
  unreachable: 3,
  /** There is no key, a wrong one, or one without the role. */
  refused: 4,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitName = keyof typeof EXIT;

/** Shown at the end of every help. */
export const EXIT_CODES_HELP = `
Exit codes: 0 done · 1 failed, or something differs · 2 wrong command line or parameter
            3 server or files not reachable now · 4 no key, or one that does not allow it`;
