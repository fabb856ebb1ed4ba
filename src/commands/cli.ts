#!/usr/bin/env node
import { runProgram } from "../process/prepare-process.ts";
import { systemClock } from "../wiring/clocks.ts";
import { runCommandLine } from "./command-line.ts";

declare const __VERSION__: string;

await runProgram((face) => runCommandLine(face, __VERSION__), systemClock);
