import { intermediate, root } from "../examples/certificates";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { LOCALLY_SIGNED } from "../types";

/** A mesh's intermediate signs leaves and no further CA, so that whoever has its key cannot hand it on. */
export const certCaPathLength: Rule = {
  name: "cert-ca-path-length",
  description: "An intermediate signs no further CA.",
  url: "https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.9",
  level: "mandatory",
  types: [LOCALLY_SIGNED],
  *problems({ props }) {
    if (read(props, "isCaCertificate") === true && !is(read(props, "maxPathLength"), 0))
      yield "The intermediate may sign further CAs: set maxPathLength to 0.";
  },
  examples: {
    passes: { "leaves alone": intermediate(), "a root, which signs intermediates": root() },
    fails: {
      "one more level": intermediate({ maxPathLength: 1 }),
      "any number": intermediate({ maxPathLength: undefined }),
    },
  },
};
