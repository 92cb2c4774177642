import * as pulumi from "@pulumi/pulumi";

/** A stack's name in full: organization/project/stack. A name without a slash is a stack of this project. */
export function fullStackName(stack: string): string {
  return stack.includes("/")
    ? stack
    : `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
}

/** Outputs of a stack after its last update; none before the first. */
export type StackOutputs = Readonly<Record<string, unknown>>;

/** Reads the outputs of the stack that runs. */
export const readOwnOutputs = () => readStackOutputs(fullStackName(pulumi.getStack()));

/**
 * Reads the outputs of a stack.
 *
 * @throws Error "unknown stack" when there is no such stack
 */
export async function readStackOutputs(name: string): Promise<StackOutputs> {
  const answer = (await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name })) as {
    readonly outputs?: StackOutputs;
  };
  return answer.outputs ?? {};
}
