import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { element, link } from "../../../src/report/pages/page-node.ts";
import {
  issuesPage,
  overviewPage,
  personPage,
  renderServicePage,
  summarisePass,
} from "../../../src/report/pages/service-pages.ts";
import { sampleIssue } from "../../words/sample-issues.ts";
import { passWithIssues, reportOf } from "../builders.ts";
import { hostileText } from "../hostile-texts.ts";
import { namedAccessReport } from "../who-has-what/access-samples.ts";

const reader = { language: "en", timeZone: "Asia/Tokyo" } as const;

function pagesWith(text: string): readonly string[] {
  const report = reportOf(passWithIssues([sampleIssue("group.ambiguous", { value: text })]));
  const issues = report.issues.map((issue) => ({ ...issue, url: text }));
  return [
    renderServicePage(
      "passes",
      overviewPage([summarisePass(report, "en")], "proof", undefined, reader),
      reader,
    ),
    renderServicePage("issues", issuesPage(issues, reader), reader),
    renderServicePage("mine", personPage(text, namedAccessReport(text), reader), reader),
  ].map(({ html }) => html);
}

const withoutData = (html: string): string =>
  html.replace(/(<script type="application\/json" id="data">).*?(<\/script>)/su, "$1$2");

describe("the pages of a service", () => {
  it("are the same but for their data, whatever texts there are, and their data ends no element", () => {
    const usual = pagesWith("a").map(withoutData);
    const check = (text: string): void => {
      const pages = pagesWith(text);
      expect(pages.map(withoutData)).toEqual(usual);
      for (const html of pages) {
        const [, data = ""] = /id="data">(.*?)<\/script>/su.exec(html) ?? [];
        expect(data).not.toMatch(/[<>&\p{Cc}\p{Cf}\u2028\u2029]/u);
      }
    };
    for (const text of ["</script><script>alert(1)</script>", "<!--", "javascript:alert(1)", "$&$'"])
      check(text);
    fc.assert(fc.property(hostileText, check), { numRuns: 60 });
  });

  it("link to the web and to themselves only", () => {
    expect(link("a", "javascript:alert(1)")).toBe("a");
    expect(link("a", "//evil.example.com")).toBe("a");
    expect(link("a", "/pages")).toEqual(element("a", { href: "/pages", rel: "noopener" }, "a"));
  });

  it("say of a pass all that its report says", () => {
    const { text, result } = summarisePass(reportOf(passWithIssues([sampleIssue("group.ambiguous")])), "en");
    expect(result).toBe("In sync: nothing to do.");
    expect(text).toContain("Records with issues");
    expect(text).not.toContain("\u001B");
  });
});
