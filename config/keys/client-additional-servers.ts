import { z } from "zod";

import { clientName } from "../../components/pki/client-name";
import { hostName, nonEmptyList, string, unique, uniqueBy } from "../../validation/fields";
import { mustBe } from "../../validation/messages";
import { serverAddresses } from "./client-server-addresses";
import { stackName } from "./stack-name";

const MAX_NAME_LENGTH = 25;

/** Name of a server. Names of Kubernetes objects contain it, with its hyphens doubled. */
const serverName = string(
  (value) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(value) && value.length <= MAX_NAME_LENGTH,
  "a server's name",
  `use at most ${MAX_NAME_LENGTH} lowercase letters, digits and hyphens, such as warehouse`,
);

/** An entry of the key `additionalServers`: a further server, with its own root and its own clients. */
const additionalServer = z.strictObject(
  {
    /** Its name in this stack. The names of its objects contain it. */
    name: serverName,
    /**
     * Name of its stack: `STACK`, or `ORGANIZATION/PROJECT/STACK`.
     *
     * @default the value of `name`
     */
    stack: stackName.exactOptional(),
    /**
     * Name of this client in that server's key `clients`.
     *
     * @default the value of `clientName` of this stack
     */
    clientName: clientName.exactOptional(),
    /**
     * Addresses of its ingresses, as in `serverAddresses`.
     *
     * @default those of its stack
     */
    addresses: serverAddresses.exactOptional(),
    /**
     * Hosts of this server to call (DNS names).
     *
     * @default every host that it lets this client call
     */
    hosts: nonEmptyList(hostName, "remove the key to call every host, or remove the server")
      .superRefine(unique)
      .exactOptional(),
  },
  { error: (issue) => (issue.code === "invalid_type" ? AN_OBJECT(issue) : undefined) },
);

const AN_OBJECT = mustBe("an object", "write its name, such as name: warehouse");

/** Servers besides the one of `serverStack`. */
export const additionalServers = z.array(additionalServer).readonly().superRefine(uniqueBy("name"));
