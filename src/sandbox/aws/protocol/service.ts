import { AwsError, unknownOperation } from "./aws-error.ts";
import type { StructureShape } from "./request-shapes.ts";
import { requestViolations, violationMessage } from "./validate-request.ts";

/** The members of an answer, as they go over the wire. */
export type Output = Readonly<Record<string, unknown>>;

/** What is known of who sends a request: the Region it is signed for, and the role it was signed as. */
export interface Caller {
  readonly region: string;
  readonly sessionArn?: string | undefined;
}

/** One AWS service, independent of the protocol it is reached by. */
export interface Service {
  readonly name: string;
  readonly requests: Readonly<Record<string, StructureShape>>;
  /** Operations that need no signature. */
  readonly unsigned: readonly string[];
  /** Carries out an operation. Throws an AwsError. */
  answer(operation: string, input: unknown, caller: Caller): Output;
}

interface ServiceOptions<Context> {
  readonly name: string;
  readonly requests: Readonly<Record<string, StructureShape>>;
  readonly operations: Readonly<Record<string, (context: Context, input: never) => Output>>;
  readonly context: Context;
  readonly unsigned?: readonly string[];
  /** The code of the error for an invalid request. */
  readonly invalidCode?: string;
  /** Counts a request against the rate limits; throws when there are too many. */
  readonly throttle?: (operation: string) => void;
  /** Looks at a valid request before it is carried out: throws, or answers in its place. */
  readonly admit?: (operation: string, input: Output, caller: Caller) => Output | undefined;
}

/** Builds a service whose operations get only requests that are within the rate and satisfy their shape. */
export function createService<Context>(options: ServiceOptions<Context>): Service {
  const { name, requests, operations, context, invalidCode = "ValidationException" } = options;
  return {
    name,
    requests,
    unsigned: options.unsigned ?? [],
    answer(operation, input, caller) {
      const shape = Object.hasOwn(requests, operation) ? requests[operation] : undefined;
      const carryOut = operations[operation];
      if (shape === undefined || carryOut === undefined) throw unknownOperation(operation);
      options.throttle?.(operation);
      const violations = requestViolations(shape, input);
      if (violations.length > 0) {
        throw new AwsError(invalidCode, violationMessage(violations), { origin: "front end" });
      }
      return (
        options.admit?.(operation, input as Output, caller) ??
        (carryOut as (context: Context, input: unknown) => Output)(context, input)
      );
    },
  };
}
