import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { AppIds, MadeAppKind } from "../../model/made-app.ts";

/** What `init` has done so far; no secret is in it. */
export interface InitProgress {
  readonly apps: AppIds;
  /** An app that kintone was asked for, and the highest number that an app had before. */
  readonly asked?: { readonly kind: MadeAppKind; readonly after: number };
}

/** Keeps the progress, so that `init` goes on where it stopped and makes no app twice. */
export interface ProgressStore {
  readonly load: () => InitProgress;
  readonly save: (progress: InitProgress) => void;
  readonly clear: () => void;
}

const progressFile = "kintone-sso-sync.init.json";

/** A file in the folder, for one kintone: that of another one counts as none. Throws the file system's errors. */
export function openProgress(directory: string, baseUrl: string): ProgressStore {
  const path = resolve(directory, progressFile);
  return {
    load: () => {
      const kept = readKept(path);
      return kept?.baseUrl === baseUrl ? kept.progress : { apps: {} };
    },
    save: (progress) => {
      // A reader sees the file before or after, never half of it.
      writeFileSync(`${path}.new`, `${JSON.stringify({ baseUrl, progress }, null, 2)}\n`);
      renameSync(`${path}.new`, path);
    },
    clear: () => rmSync(path, { force: true }),
  };
}

function readKept(path: string): { readonly baseUrl: string; readonly progress: InitProgress } | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as ReturnType<typeof readKept>;
  } catch {
    return undefined;
  }
}
