import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createAuditFile } from "../../src/wiring/audit-file.ts";

function newPath(): string {
  const directory = mkdtempSync(join(tmpdir(), "audit-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, "audit.jsonl");
}

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe("an audit file", () => {
  it("is made with the first line, readable by its owner only", () => {
    const path = newPath();
    const file = createAuditFile(path);
    expect(existsSync(path)).toBe(false);
    file.append("one\n");
    expect(modeOf(path)).toBe(0o600);
    expect(file.failure()).toBeUndefined();
  });

  it("keeps the lines and the mode it had, and takes lines of several passes in turn", () => {
    const path = newPath();
    writeFileSync(path, "before\n");
    chmodSync(path, 0o640);
    const [first, second] = [createAuditFile(path), createAuditFile(path)];
    first.append("one\n");
    second.append("two\n");
    first.append("three\n");
    expect(readFileSync(path, "utf8")).toBe("before\none\ntwo\nthree\n");
    expect(modeOf(path)).toBe(0o640);
  });

  it("begins anew when it has been moved away", () => {
    const path = newPath();
    const file = createAuditFile(path);
    file.append("one\n");
    rmSync(path);
    file.append("two\n");
    expect(readFileSync(path, "utf8")).toBe("two\n");
  });

  it("says why lines are missing, and throws nothing", () => {
    const file = createAuditFile("/nowhere/at/all/audit.jsonl");
    file.append("one\n");
    file.append("two\n");
    expect(file.failure()).toBe("ENOENT");
  });
});
