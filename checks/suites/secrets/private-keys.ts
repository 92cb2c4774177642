import type { Check } from "../../check";
import { searchForKeys } from "../../toolkit/key-search";

/** Private keys are secrets in state, logs and outputs. */
export const privateKeys: readonly Check[] = [
  {
    slug: "secrets/no-key-leaked",
    title: "private keys in state, logs and outputs",
    requirement: "no-key-leaked",
    expected: "none",
    expectedFor: ({ artifacts = [] }) =>
      artifacts.length === 0 ? "none" : `none in ${artifacts.map(({ name }) => name).join(", ")}`,
    why: "Private keys are encrypted wherever Pulumi writes or prints them.",
    threat: "Anyone who can read a state file or a CI log takes over an identity, or a whole CA.",
    // Last, because the other checks write logs.
    exclusive: true,
    async run({ meshes: { artifacts } }) {
      if (artifacts === undefined) return { skipped: "no file or folder to search" };
      const { problems, files } = await searchForKeys(artifacts);
      return problems.length > 0
        ? { pass: false, observed: problems.join("; ") }
        : { pass: artifacts.length > 0, observed: `none in ${files} files` };
    },
  },
];
