import * as pulumi from "@pulumi/pulumi";

import { Observability, type ObservabilityArgs } from "../components/observability/observability";
import type { Config } from "../config";

/** Sets up the observability that the configuration asks for. Returns the stack's outputs for it. */
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
