import { intermediate, root } from "../examples/certificates";
import { checkProperty } from "../property";
import { read } from "../read";
import type { Rule } from "../rule";
import { LOCALLY_SIGNED } from "../types";

/** A mesh's intermediate CA signs only leaves. An attacker with its key cannot create further CAs. */
export const certCaPathLength: Rule = {
  name: "cert-ca-path-length",
  description: "An intermediate CA cannot sign further CAs.",
  url: "https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.9",
  level: "mandatory",
  types: [LOCALLY_SIGNED],
  *problems({ props }) {
    if (read(props, "isCaCertificate") !== true) return;
    yield* checkProperty(
      props,
      "maxPathLength",
      [0],
      "otherwise the intermediate CA can sign further CAs",
    );
  },
  examples: {
    passes: {
      "an intermediate that signs only leaves": intermediate(),
      "a root, which signs intermediates": root(),
    },
    fails: {
      "one more level": intermediate({ maxPathLength: 1 }),
      "any number": intermediate({ maxPathLength: undefined }),
    },
  },
};
