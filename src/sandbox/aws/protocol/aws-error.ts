/** An answer that says no, in the terms all AWS protocols share. */
export class AwsError extends Error {
  override readonly name = "AwsError";
  readonly code: string;
  readonly status: number;
  /** Further members of the answer, beside its message. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Whether the service itself speaks ("Message") or what stands in front of it ("message"). */
  readonly origin: "service" | "front end";

  constructor(
    code: string,
    message: string,
    options: {
      status?: number;
      members?: Readonly<Record<string, unknown>>;
      origin?: "service" | "front end";
    } = {},
  ) {
    super(message);
    this.code = code;
    this.status = options.status ?? 400;
    this.members = options.members ?? {};
    this.origin = options.origin ?? "service";
  }
}

/** The answer to an operation that does not exist, or that the sandbox does not model. */
export function unknownOperation(operation: string): AwsError {
  return new AwsError(
    "UnknownOperationException",
    `The sandbox does not know the operation "${operation}".`,
    {
      origin: "front end",
    },
  );
}

/** The answer to a caller who may not do this; AWS words a missing permission and a locked resource alike. */
export function accessDenied(callerArn: string, action: string, resource: string): AwsError {
  return new AwsError(
    "AccessDeniedException",
    `User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource}`,
  );
}
