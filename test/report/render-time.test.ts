import { expect, it } from "vitest";
import { renderTime } from "../../src/report/render-time.ts";

it.each([
  ["Asia/Tokyo", "2026-11-20 18:00 JST"],
  ["UTC", "2026-11-20 09:00 UTC"],
  ["Europe/Berlin", "2026-11-20 10:00 GMT+1"],
  ["America/St_Johns", "2026-11-20 05:30 GMT-3:30"],
])("a time is read in %s as %s", (timeZone, text) => {
  expect(renderTime(Date.parse("2026-11-20T09:00:59Z"), timeZone)).toBe(text);
});
