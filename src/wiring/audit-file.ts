import { closeSync, openSync, writeSync } from "node:fs";

/** A file that lines are added to. Neither function throws: an audit that cannot be written must not end a pass. */
export interface AuditFile {
  /** Adds a line, which ends in a line feed, with one write; others may add to the same file meanwhile. */
  readonly append: (line: string) => void;
  /** Why a line could not be added; undefined when all were. */
  readonly failure: () => string | undefined;
}

// A file that is there already keeps the mode that its owner gave it.
const readableByOwner = 0o600;

/** Opens the file for each line, so that it may be moved away at any time. Lines are there as soon as `append` returns, also when the process is killed then. */
export function createAuditFile(path: string): AuditFile {
  let failure: string | undefined;
  // After half a line the next one begins on a line of its own.
  let begin = "";

  const write = (text: string): void => {
    const file = openSync(path, "a", readableByOwner);
    try {
      const bytes = Buffer.from(text);
      const written = writeSync(file, bytes);
      begin = written === bytes.length ? "" : "\n";
      if (written !== bytes.length) failure ??= "ENOSPC";
    } finally {
      closeSync(file);
    }
  };

  return {
    append(line) {
      try {
        write(`${begin}${line}`);
      } catch (error) {
        failure ??= error instanceof Error && "code" in error ? String(error.code) : "unknown";
      }
    },
    failure: () => failure,
  };
}
