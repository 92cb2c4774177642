import { PolicyPack } from "@pulumi/policy";

import { policies } from "./pack";
import { rules } from "./rules";

// Pulumi runs this file in this folder for `--policy-pack policy`. Creating the pack starts its server.
new PolicyPack("istio-mtls", { policies: policies(rules) });
