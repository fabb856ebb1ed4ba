import { expect, it } from "vitest";

import { countImport, importDiesAfter } from "./import-sweep.ts";

it("import that dies after any of its requests takes nothing away by a sync, and ends the same when it is run again", async () => {
  const requests = await countImport();
  expect(requests).toBeGreaterThan(80);
  const moments = Array.from({ length: requests - 1 }, (_, index) => index + 1);
  const lanes = [0, 1, 2].map(async (lane) => {
    for (const nth of moments.filter((each) => each % 3 === lane)) await importDiesAfter(nth, nth % 2 === 0);
  });
  await Promise.all(lanes);
}, 1_800_000);
