import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import type { GkeSource } from "../config";

/**
 * A provider for the cluster's project and region. Without a project, the default provider warns in every run, and does
 * not check the credentials before it uses them. A provider that a program makes ignores the stack's `gcp:` keys, so those
 * that say who acts, and who pays, are passed on.
 *
 * @see https://www.pulumi.com/registry/packages/gcp/installation-configuration/
 */
export function googleProvider(name: string, { settings }: GkeSource): gcp.Provider {
  const { credentials, accessToken } = gcp.config;
  const { impersonateServiceAccount, impersonateServiceAccountDelegates: delegates } = gcp.config;
  const { billingProject, userProjectOverride, universeDomain } = gcp.config;
  return new gcp.Provider(name, {
    project: settings.project,
    region: settings.region,
    ...(credentials !== undefined && { credentials: pulumi.secret(credentials) }),
    ...(accessToken !== undefined && { accessToken: pulumi.secret(accessToken) }),
    ...(impersonateServiceAccount !== undefined && { impersonateServiceAccount }),
    ...(delegates !== undefined && { impersonateServiceAccountDelegates: delegates }),
    ...(billingProject !== undefined && { billingProject }),
    ...(userProjectOverride !== undefined && { userProjectOverride }),
    ...(universeDomain !== undefined && { universeDomain }),
  });
}
