import type { Cluster } from "../../cluster/start-cluster";
import type { SiteName } from "../../network/address-plan";
import type { PreparedLab } from "../../prepared-lab";
import type { ScenarioName } from "../scenarios";
import type { Stacks } from "../stacks";
import { installPlatformIstio } from "./platform-istio";
import { requireRefusals } from "./refused-istio";

/** What a set-up works on: running clusters, and stacks that are not deployed yet. */
export interface SetupStage {
  readonly lab: PreparedLab;
  readonly clusters: Readonly<Record<SiteName, Cluster>>;
  readonly stacks: Stacks;
}

/** What is in the clusters before the first `up`, by scenario. */
export const SETUPS: Readonly<Partial<Record<ScenarioName, (stage: SetupStage) => Promise<void>>>> =
  {
    "existing-istio": async (stage) => {
      await installPlatformIstio(stage);
      await requireRefusals(stage);
    },
  };
