import { type Check, saw } from "../check";
import { searchKeys } from "../toolkit/key-search";

/** Keys are secrets everywhere: in state, in logs, in what is shown. */
export const noKeyLeft: readonly Check[] = [
  {
    id: 34,
    name: "private keys in state, logs and outputs",
    expected: ({ artifacts = [] }) =>
      artifacts.length === 0 ? "none" : `none in ${artifacts.map(({ name }) => name).join(", ")}`,
    // Last: the other checks write logs, too.
    alone: true,
    async run({ meshes: { artifacts } }) {
      if (artifacts === undefined) return { skipped: "no state or log to search was given" };
      const { problems, files } = await searchKeys(artifacts);
      return problems.length > 0
        ? saw(false, problems.join("; "))
        : saw(artifacts.length > 0, `none in ${files} files`);
    },
  },
];
