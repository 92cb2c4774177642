import { PolicyPack } from "@pulumi/policy";

import { policies } from "./pack";
import { rules } from "./rules";

// Loading this file serves the pack: the engine runs it, in this folder, for `--policy-pack policy`.
new PolicyPack("istio-mtls", { policies: policies(rules) });
