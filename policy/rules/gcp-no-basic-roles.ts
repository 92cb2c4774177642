import { read, readItems, stringOf } from "../read";
import type { Resource, Rule } from "../rule";

/** Resources that grant roles: to one member, one role to all its members, or all roles at once. */
const TYPES = ["projects", "folder", "organizations"].flatMap((scope) => [
  `gcp:${scope}/iAMMember:IAMMember`,
  `gcp:${scope}/iAMBinding:IAMBinding`,
  `gcp:${scope}/iAMPolicy:IAMPolicy`,
]);

/**
 * No member gets a role that includes almost all permissions in a project, a folder or an organization. This matters most
 * for the nodes' service account. CIS GKE 1.4: 5.2.1.
 */
export const gcpNoBasicRoles: Rule = {
  name: "gcp-no-basic-roles",
  description: "The basic roles owner and editor are not granted.",
  url: "https://cloud.google.com/iam/docs/roles-overview#basic",
  level: "mandatory",
  types: TYPES,
  *problems({ props }) {
    const inPolicy = bindings(stringOf(read(props, "policyData"))).map((binding) =>
      read(binding, "role"),
    );
    for (const role of [read(props, "role"), ...inPolicy]) {
      if (role === "roles/owner" || role === "roles/editor")
        yield `${role} must not be granted: it can change everything in the project, folder or organization. Grant only what is needed, such as roles/container.defaultNodeServiceAccount.`;
    }
  },
  examples: {
    passes: {
      "a role for nodes": grant("roles/container.defaultNodeServiceAccount"),
      "a policy with a role for nodes": policy("roles/container.defaultNodeServiceAccount"),
    },
    fails: {
      "an owner of a project": grant("roles/owner"),
      "an editor of a project": grant("roles/editor"),
      "a binding for owners of a project": grant(
        "roles/owner",
        "gcp:projects/iAMBinding:IAMBinding",
      ),
      "an owner of a folder": grant("roles/owner", "gcp:folder/iAMMember:IAMMember"),
      "a binding for owners of a folder": grant("roles/owner", "gcp:folder/iAMBinding:IAMBinding"),
      "an editor of an organization": grant(
        "roles/editor",
        "gcp:organizations/iAMMember:IAMMember",
      ),
      "a binding for editors of an organization": grant(
        "roles/editor",
        "gcp:organizations/iAMBinding:IAMBinding",
      ),
      "a policy with an owner": policy("roles/owner"),
      "a policy with an editor": policy("roles/editor"),
    },
  },
};

/** The bindings in a policy (JSON). Empty for invalid JSON, which the provider reports. */
function bindings(policyData: string): readonly unknown[] {
  try {
    return readItems(JSON.parse(policyData), "bindings");
  } catch {
    return [];
  }
}

function grant(role: string, type = "gcp:projects/iAMMember:IAMMember"): Resource {
  return { type, props: { role, member: member() } };
}

function policy(role: string): Resource {
  return {
    type: "gcp:projects/iAMPolicy:IAMPolicy",
    props: { policyData: JSON.stringify({ bindings: [{ role, members: [member()] }] }) },
  };
}

function member(): string {
  return "serviceAccount:server-nodes@my-project.iam.gserviceaccount.com";
}
