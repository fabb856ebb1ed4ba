import { describe, expect, it } from "vitest";
import { callerAccount, devAccount, organization, prodAccount, refusal, startScene } from "./organization.ts";

/** Dev stands in Workloads/Test, Prod in Workloads, all others in the root. */
const seed = {
  ...organization(),
  accounts: organization().accounts.map((account) => {
    const unit = { [devAccount]: "Workloads/Test", [prodAccount]: "Workloads" }[account.id];
    return unit === undefined ? account : { ...account, organizationalUnit: unit };
  }),
};

async function placesOf(scene: Awaited<ReturnType<typeof startScene>>) {
  const { directory } = await scene.center.readOutline();
  const { units, unitOf } = await scene.center.readPlaces(directory.accounts);
  const names = new Map(units.map(({ id, name }) => [id, name]));
  return new Map([...unitOf].map(([account, unit]) => [account as string, names.get(unit)]));
}

describe("where accounts stand", () => {
  it("is told by their paths, with one request for each unit", async () => {
    const scene = await startScene({ seed });
    const places = await placesOf(scene);
    expect(places.get(devAccount)).toBe("Test");
    expect(places.get(prodAccount)).toBe("Workloads");
    expect(places.get(callerAccount)).toBe("Root");
    expect(scene.operations()).not.toContain("ListAccountsForParent");
  });

  it("is asked of every unit where AWS gives no paths", async () => {
    const scene = await startScene({ seed, others: new Set(["account-paths"]) });
    const places = await placesOf(scene);
    expect(places.get(devAccount)).toBe("Test");
    expect(places.get(callerAccount)).toBe("Root");
    expect(scene.operations()).toContain("ListAccountsForParent");
  });

  it("is unknown as a whole when one unit cannot be read", async () => {
    const scene = await startScene({ seed });
    const { directory } = await scene.center.readOutline();
    scene.sandbox.failures.add({
      match: ({ operation }) => operation === "ListOrganizationalUnitsForParent",
      respond: refusal("AccessDeniedException", "You don't have permissions to access this resource."),
    });
    await expect(scene.center.readPlaces(directory.accounts)).rejects.toMatchObject({
      name: "PassError",
    });
  });

  it("is unknown as a whole when an account stands in a unit that is not listed", async () => {
    const scene = await startScene({ seed });
    const { directory } = await scene.center.readOutline();
    const moved = directory.accounts.map((account) =>
      account.id === prodAccount ? { ...account, path: "o-1/r-sand/ou-sand-gone0000/" } : account,
    );
    await expect(scene.center.readPlaces(moved)).rejects.toMatchObject({ code: "aws.incomplete-read" });
  });
});
