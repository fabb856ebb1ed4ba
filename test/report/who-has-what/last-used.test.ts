import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinLastUses, readLastUses } from "../../../src/report/who-has-what/last-used.ts";
import { hostileText } from "../hostile-texts.ts";
import { namedAccessReport } from "./access-samples.ts";

const header = "person,account,permission_set,last_used";

describe("a file of last uses", () => {
  it("is read whatever the order of its columns, with quotes, a byte order mark and Windows' line ends", () => {
    const text = `\uFEFFLast_Used,account,person,permission_set\r\n2026-11-01,"A, ""B""",anna,ReadOnly\r\n\r\n`;
    expect(readLastUses(text)).toEqual({
      kind: "read",
      uses: [{ person: "anna", account: 'A, "B"', permissionSet: "ReadOnly", lastUsed: "2026-11-01" }],
    });
  });

  it("says which columns it lacks, and on which line a date is none", () => {
    expect(readLastUses("person,account\nanna,1")).toEqual({
      kind: "no-header",
      missing: ["permission_set", "last_used"],
    });
    expect(readLastUses(`${header}\nanna,1,A,2026-11-01\nanna,1,A,yesterday`)).toEqual({
      kind: "wrong-line",
      line: 3,
    });
  });

  it("gives each access its latest use, by any name of the person and of the account, and counts the others", () => {
    const report = namedAccessReport("Anna");
    const [line] = report.access;
    const place = line?.accountName ?? line?.account ?? "";
    const uses = [
      { person: line?.user?.userName ?? "", account: line?.account ?? "", lastUsed: "2026-10-01" },
      { person: line?.user?.userName.toUpperCase() ?? "", account: place, lastUsed: "2026-11-01T09:00:00Z" },
      { person: "nemo", account: place, lastUsed: "2026-11-02" },
    ].map((use) => ({ ...use, permissionSet: line?.permissionSet ?? "" }));
    const joined = joinLastUses(report, uses);
    expect(joined.report.access[0]?.lastUsed).toBe("2026-11-01T09:00:00Z");
    expect(joined.unmatched).toBe(1);
    expect(joined.report.hash).toBe(report.hash);
  });

  it("is read or refused, whatever is in it", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(readLastUses(text).kind).toBe("no-header");
        const quoted = `"${text.replaceAll('"', '""')}"`;
        expect(readLastUses(`${header}\n${quoted},1,A,2026-11-01`)).toMatchObject({
          kind: "read",
          uses: [{ person: text.trim() }],
        });
      }),
      { numRuns: 60 },
    );
  });
});
