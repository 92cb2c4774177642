import * as pulumi from "@pulumi/pulumi";

/**
 * Base class of all components. It owns three conventions:
 *
 * - The type token is `mtls:index:CLASS`.
 * - The component records no inputs. Pulumi writes a component's inputs into the state, and arguments may hold private
 *   keys.
 * - A child's name is the component's name, a hyphen and what the child is. So names never collide, and a resource in
 *   the state can be traced to its component.
 *
 * Pulumi registers the component's outputs, which are empty, when the constructor returns.
 */
export abstract class Component extends pulumi.ComponentResource {
  /**
   * @throws Error when a child, at any depth, is not named after this component
   */
  protected constructor(
    className: string,
    name: string,
    opts: pulumi.ComponentResourceOptions | undefined,
  ) {
    super(
      `mtls:index:${className}`,
      name,
      {},
      {
        ...opts,
        transformations: [
          ...(opts?.transformations ?? []),
          (child) => {
            if (child.name !== name && !child.name.startsWith(`${name}-`)) {
              throw new Error(
                `${child.type} "${child.name}" is a child of ${className} "${name}": its name must start with "${name}-"`,
              );
            }
            return undefined;
          },
        ],
      },
    );
  }
}
