import * as pulumi from "@pulumi/pulumi";

import { Observability, type ObservabilityArgs } from "../components/observability/observability";
import type { Config } from "../config";

/** Watches the stack's end of the path where the configuration asks for it; gives the outputs that come of it. */
export function observed(
  { observability: settings, certificates: lifetimes }: Config,
  watched: Omit<ObservabilityArgs, "settings" | "lifetimes">,
  opts: pulumi.ComponentResourceOptions,
): { readonly grafanaPassword?: pulumi.Output<string> } {
  if (!settings) return {};
  const { grafanaPassword } = new Observability(
    "observability",
    { settings, lifetimes, ...watched },
    opts,
  );
  return grafanaPassword ? { grafanaPassword } : {};
}
