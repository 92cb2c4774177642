import { read } from "../read";
import type { Resource, Rule } from "../rule";

/** No one gets a role that is the whole project; the nodes' account least of all. CIS GKE 1.4: 5.2.1. */
export const gcpNoBasicRoles: Rule = {
  name: "gcp-no-basic-roles",
  description: "No one is given the basic roles owner and editor.",
  url: "https://cloud.google.com/iam/docs/roles-overview#basic",
  level: "mandatory",
  types: ["gcp:projects/iAMMember:IAMMember", "gcp:projects/iAMBinding:IAMBinding"],
  *problems({ props }) {
    const role = read(props, "role");
    if (role === "roles/owner" || role === "roles/editor")
      yield `${role} may change the whole project: give the roles that are needed, such as roles/container.defaultNodeServiceAccount.`;
  },
  examples: {
    passes: { "the role of a node": grant("roles/container.defaultNodeServiceAccount") },
    fails: { "an owner": grant("roles/owner"), "an editor": grant("roles/editor") },
  },
};

function grant(role: string): Resource {
  return {
    type: "gcp:projects/iAMMember:IAMMember",
    props: { role, member: "serviceAccount:server-nodes@my-project.iam.gserviceaccount.com" },
  };
}
