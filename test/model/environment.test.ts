import { expect, it } from "vitest";

import { variable } from "../../src/model/environment.ts";
import { secretTexts } from "../../src/process/secret-scrubber.ts";

it.each(["$(NAME)", " $(System.AccessToken) ", "$(my variable)"])(
  "%s, which Azure DevOps left in, is not set, and no secret either",
  (value) => {
    expect(variable({ SYSTEM_ACCESSTOKEN: value }, "SYSTEM_ACCESSTOKEN")).toBeUndefined();
    expect(secretTexts(undefined, { SYSTEM_ACCESSTOKEN: value, KINTONE_API_TOKEN: value })).toEqual([]);
  },
);

it.each(["a$(b)", "$(", "$(a", "$()", "$(a)(b)"])("%s is a value like any other", (value) => {
  expect(variable({ KINTONE_PASSWORD: value }, "KINTONE_PASSWORD")).toBe(value);
});
