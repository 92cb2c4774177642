import { cluster } from "../examples/gke";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/** A release channel upgrades the control plane and the nodes, with security patches. CIS GKE 1.4: 5.5.4. */
export const gkeReleaseChannel: Rule = {
  name: "gke-release-channel",
  description: "The cluster uses a release channel.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/release-channels",
  level: "mandatory",
  types: [CLUSTER],
  problems: ({ props }) =>
    checkProperty(
      props,
      "releaseChannel.channel",
      ["RAPID", "REGULAR", "STABLE", "EXTENDED"],
      "otherwise the cluster gets no security patches",
    ),
  examples: {
    passes: {
      "the regular channel": cluster(),
      "the stable channel": cluster({ releaseChannel: { channel: "STABLE" } }),
    },
    fails: {
      "no channel": cluster({ releaseChannel: undefined }),
      "the channel for no upgrades": cluster({ releaseChannel: { channel: "UNSPECIFIED" } }),
    },
  },
};
