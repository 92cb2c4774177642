import { items, read, text } from "../read";
import type { Resource, Rule } from "../rule";

/** What gives roles: to one, to all who have it, or all roles at once. */
const TYPES = ["projects", "folder", "organizations"].flatMap((place) => [
  `gcp:${place}/iAMMember:IAMMember`,
  `gcp:${place}/iAMBinding:IAMBinding`,
  `gcp:${place}/iAMPolicy:IAMPolicy`,
]);

/**
 * No one gets a role that is the whole project, or all projects of a folder or an organization; the nodes' account
 * least of all. CIS GKE 1.4: 5.2.1.
 */
export const gcpNoBasicRoles: Rule = {
  name: "gcp-no-basic-roles",
  description: "No one is given the basic roles owner and editor.",
  url: "https://cloud.google.com/iam/docs/roles-overview#basic",
  level: "mandatory",
  types: TYPES,
  *problems({ props }) {
    const listed = bindings(text(read(props, "policyData"))).map((binding) =>
      read(binding, "role"),
    );
    for (const role of [read(props, "role"), ...listed]) {
      if (role === "roles/owner" || role === "roles/editor")
        yield `${role} may change all of the project, the folder or the organization: give the roles that are needed, such as roles/container.defaultNodeServiceAccount.`;
    }
  },
  examples: {
    passes: {
      "the role of a node": grant("roles/container.defaultNodeServiceAccount"),
      "a policy with the role of a node": policy("roles/container.defaultNodeServiceAccount"),
    },
    fails: {
      "an owner": grant("roles/owner"),
      "an editor": grant("roles/editor"),
      "owners of a project": grant("roles/owner", "gcp:projects/iAMBinding:IAMBinding"),
      "an owner of a folder": grant("roles/owner", "gcp:folder/iAMMember:IAMMember"),
      "owners of a folder": grant("roles/owner", "gcp:folder/iAMBinding:IAMBinding"),
      "an editor of an organization": grant(
        "roles/editor",
        "gcp:organizations/iAMMember:IAMMember",
      ),
      "editors of an organization": grant(
        "roles/editor",
        "gcp:organizations/iAMBinding:IAMBinding",
      ),
      "a policy with an owner": policy("roles/owner"),
      "a policy with an editor": policy("roles/editor"),
    },
  },
};

/** The bindings of a policy's JSON; none where it is none, which the provider refuses. */
function bindings(policyData: string): readonly unknown[] {
  try {
    return items(JSON.parse(policyData), "bindings");
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
