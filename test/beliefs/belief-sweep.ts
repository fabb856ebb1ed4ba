import { createRandom } from "../../scripts/prove/foreign/random.ts";
import { type Belief, openBeliefs } from "../../src/sandbox/beliefs.ts";
import { companyInMemory, companyOverHttp } from "./company-under-belief.ts";
import { type DemoEnd, playDemo, worseThan } from "./demo-under-belief.ts";
import { tellStory } from "./tell-story.ts";
import { unasked } from "./where-it-matters.ts";

/** One story, or the demo's company, with one belief played the other way. */
interface BeliefCase {
  readonly name: string;
  readonly problems: readonly string[];
}

/** How many stories of each belief are told in which way, and whether the demo's company is played. */
export interface BeliefStories {
  readonly inMemory: number;
  readonly overHttp: number;
  readonly demo: boolean;
  readonly seed: number;
}

/**
 * Every belief the other way, and none so: no write may be one that the records do not ask for, and where the end is not
 * as they ask, the last pass must say so. Only of the beliefs whose name contains the text.
 */
export async function* sweepBeliefs(
  { inMemory, overHttp, demo, seed }: BeliefStories,
  only = "",
): AsyncGenerator<BeliefCase> {
  const usual = demo ? await playDemo(new Set()) : undefined;
  for (const belief of [undefined, ...openBeliefs].filter((name) => (name ?? "none").includes(only))) {
    if (usual !== undefined) yield await compareDemo(belief, usual);
    if (belief !== undefined && !unasked.has(belief)) yield await see(belief, seed);
    for (let story = 0; story < inMemory; story += 1) yield await tell(belief, "in memory", seed + story);
    for (let story = 0; story < overHttp; story += 1) yield await tell(belief, "over HTTP", seed + story);
  }
}

async function compareDemo(belief: Belief | undefined, usual: DemoEnd): Promise<BeliefCase> {
  const problems = worseThan(usual, await playDemo(othersThan(belief)));
  return { name: `${belief ?? "none"}: the demo's company`, problems };
}

const mostTries = 10;

/** Whether the stories show the belief at all: in one of the first of them some answer must be another one when it is wrong. */
async function see(belief: Belief, seed: number): Promise<BeliefCase> {
  const name = `${belief}: it shows`;
  for (let story = seed; story < seed + mostTries; story += 1) {
    if ((await answersIn(belief, story, othersThan(belief))) !== (await answersIn(belief, story, new Set())))
      return { name, problems: [] };
  }
  return { name, problems: [`no answer was another one in ${mostTries} stories`] };
}

async function answersIn(about: Belief, seed: number, others: ReadonlySet<Belief>): Promise<string> {
  const company = await companyInMemory(others);
  await tellStory(company, createRandom(seed), about);
  return company.answers().join("\n");
}

async function tell(
  belief: Belief | undefined,
  way: "in memory" | "over HTTP",
  seed: number,
): Promise<BeliefCase> {
  const others = othersThan(belief);
  const company = await (way === "in memory" ? companyInMemory(others) : companyOverHttp(others));
  try {
    const problems = await tellStory(company, createRandom(seed), belief);
    return { name: `${belief ?? "none"}: story ${seed} ${way}`, problems };
  } finally {
    await company.close();
  }
}

function othersThan(belief: Belief | undefined): ReadonlySet<Belief> {
  return new Set(belief === undefined ? [] : [belief]);
}
