import { describe, expect, it } from "vitest";
import { recordUrls } from "../../src/report/record-urls.ts";
import { companyConfig } from "./company-pass.ts";

const { kintone } = companyConfig;

describe("the address of a record", () => {
  it("is in the app that the record is in", () => {
    const urlOf = recordUrls(kintone);
    expect(urlOf({ app: "permissionSets", id: "7" })).toBe("https://example.cybozu.com/k/10/show#record=7");
    expect(urlOf({ app: "assignments", id: "7" })).toBe("https://example.cybozu.com/k/11/show#record=7");
  });

  it("is below the guest space where there is one", () => {
    const urlOf = recordUrls({ ...kintone, guestSpaceId: 3 });
    expect(urlOf({ app: "assignments", id: "7" })).toBe(
      "https://example.cybozu.com/k/guest/3/11/show#record=7",
    );
  });
});
