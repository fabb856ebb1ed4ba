import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderAccessPage } from "../../../src/report/access-page/render-access-page.ts";
import { bigAccessReport, namedAccessReport } from "../who-has-what/access-samples.ts";
import { hostileText } from "../hostile-texts.ts";

const reader = { language: "en", timeZone: "Asia/Tokyo" } as const;

function partsOf(html: string): { readonly data: string; readonly rest: string } {
  const [, data = ""] = /<script type="application\/json" id="data">(.*?)<\/script>/su.exec(html) ?? [];
  return { data, rest: html.replace(data, "") };
}

describe("the page of who has what", () => {
  it("is the same but for its data, whatever names there are, and its data ends no element", () => {
    const { rest } = partsOf(renderAccessPage(namedAccessReport("a"), reader));
    const check = (text: string): void => {
      const parts = partsOf(renderAccessPage(namedAccessReport(text), reader));
      expect(parts.rest).toBe(rest);
      expect(parts.data).not.toMatch(/[<>&\p{Cc}\p{Cf}\u2028\u2029]/u);
      expect(JSON.parse(parts.data)).toHaveProperty("accounts.0.name", text);
    };
    for (const text of ["</script><script>alert(1)</script>", "<!--", "javascript:alert(1)", "$&$'"])
      check(text);
    fc.assert(fc.property(hostileText, check), { numRuns: 60 });
  });

  it("loads nothing: no address is in it but those of records", () => {
    const { rest } = partsOf(renderAccessPage(namedAccessReport("a"), reader));
    expect(rest).not.toMatch(/https?:\/\/[a-z]|@import|url\(/u);
    expect(rest).toContain("default-src 'none'");
  });

  it("runs scripts that need nothing but each other, as they are built too", () => {
    const { rest } = partsOf(renderAccessPage(namedAccessReport("a"), reader));
    expect(rest).not.toMatch(/__vi_|import_|require/u);
  });

  it("is below 10 MB for 500 accounts, 200 sets, 3,000 people and 20,000 assignments", () => {
    expect(renderAccessPage(bigAccessReport(), reader).length).toBeLessThan(10_000_000);
  });
});
