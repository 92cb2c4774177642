import * as pulumi from "@pulumi/pulumi";

/** A stack's name in full: organization/project/stack. A name without a slash is a stack of this project. */
export function fullStackName(stack: string): string {
  return stack.includes("/")
    ? stack
    : `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
}

/**
 * Reads the outputs that a stack had after its last update; none before the first.
 *
 * @throws Error "unknown stack" when there is no such stack
 */
export async function readStackOutputs(name: string): Promise<Readonly<Record<string, unknown>>> {
  const answer = (await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name })) as {
    readonly outputs?: Readonly<Record<string, unknown>>;
  };
  return answer.outputs ?? {};
}
