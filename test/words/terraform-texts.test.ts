import { describe, expect, it } from "vitest";
import { terraformTexts } from "../../src/words/terraform-texts.ts";

describe("what is said of the file for Terraform", () => {
  const { written, unlisted, keptCount } = terraformTexts("en");

  it("counts one as one and several as several in English", () => {
    expect([
      written("a.tf", 1, 0),
      written("a.tf", 1, 1),
      written("a.tf", 3, 2),
      unlisted(1),
      unlisted(2),
      keptCount(1),
      keptCount(2),
    ]).toMatchInlineSnapshot(`
      [
        "a.tf: 1 assignment, none of which exists yet.",
        "a.tf: 1 assignment, of which 1 exists already and is imported.",
        "a.tf: 3 assignments, of which 2 exist already and are imported.",
        "No record asks for 1 existing assignment of managed permission sets, which is left out: Terraform neither knows nor removes it.",
        "No record asks for 2 existing assignments of managed permission sets, which are left out: Terraform neither knows nor removes them.",
        "1 existing assignment stays in the file because its record has an issue. Mend the record, then write the file anew.",
        "2 existing assignments stay in the file because their records have issues. Mend the records, then write the file anew.",
      ]
    `);
  });
});
