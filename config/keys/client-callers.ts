import { z } from "zod";

import { callerHosts } from "../../components/mtls/caller";
import { accountName, objectName } from "../../validation/fields";
import { mustBe } from "../../validation/messages";

/** An entry of the key `callers`: a workload that may call the server. */
export const callerSettings = z.strictObject(
  {
    /**
     * Its namespace, when it is not the application's. The stack writes nothing into it: its owner gives it the label
     * `istio.io/rev` of the application's namespace, which makes its pods get sidecars.
     *
     * @default the value of `namespace`
     */
    namespace: objectName.exactOptional(),
    /** Its service account. */
    serviceAccount: accountName,
    /**
     * Hosts that it may call. For other hosts, the egress gateway answers with 403.
     *
     * @default every host that this stack calls
     */
    hosts: callerHosts.exactOptional(),
  },
  { error: (issue) => (issue.code === "invalid_type" ? AN_OBJECT(issue) : undefined) },
);

const AN_OBJECT = mustBe("an object", "write its service account, such as serviceAccount: client");
