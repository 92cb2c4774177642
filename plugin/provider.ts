import * as pulumi from "@pulumi/pulumi";

import { ArgsError } from "../validation/args";
import { formatPath } from "../validation/problem";
import { inputProblems } from "./check-inputs";
import * as certHierarchy from "./components/cert-hierarchy";
import * as clientEgressMtls from "./components/client-egress-mtls";
import * as gatewayLeaf from "./components/gateway-leaf";
import * as gkeCluster from "./components/gke-cluster";
import * as istioInstall from "./components/istio-install";
import * as serverIngressMtls from "./components/server-ingress-mtls";
import type { Construct } from "./construct";
import { schema, schemaText } from "./schema";

/** The components by the types that they register themselves as: by this package or without it, they are the same. */
const CONSTRUCT = {
  "mtls:index:CertHierarchy": certHierarchy.construct,
  "mtls:index:ClientEgressMtls": clientEgressMtls.construct,
  "mtls:index:GatewayLeaf": gatewayLeaf.construct,
  "mtls:index:GkeCluster": gkeCluster.construct,
  "mtls:index:IstioInstall": istioInstall.construct,
  "mtls:index:ServerIngressMtls": serverIngressMtls.construct,
};

/** Makes the components for programs that run elsewhere. */
export const provider: pulumi.provider.Provider = {
  version: schema.version,
  schema: schemaText,
  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws must reject
  async construct(name, type, inputs: Record<string, unknown>, options) {
    const errors = [...inputProblems(schema, type, inputs)];
    if (errors.length > 0) {
      throw new pulumi.InputPropertiesError({ message: `${type} "${name}"`, errors });
    }
    // The schema is made from the types of the inputs, and the check above holds them to it.
    const construct = CONSTRUCT[type as keyof typeof CONSTRUCT] as Construct<unknown, object>;
    try {
      return construct(name, inputs, options);
    } catch (error) {
      throw error instanceof ArgsError ? inputPropertiesError(type, name, error) : error;
    }
  },
};

/** The same problems in the form in which the engine shows them to a program in any language. */
function inputPropertiesError(
  type: string,
  name: string,
  { problems }: ArgsError,
): pulumi.InputPropertiesError {
  return new pulumi.InputPropertiesError({
    message: `${type} "${name}"`,
    errors: problems.map(({ path, message }) => ({
      propertyPath: formatPath(path),
      reason: message,
    })),
  });
}

/** Serves the provider to the engine that started this process. */
export function serve(): Promise<void> {
  return pulumi.provider.main(provider, process.argv.slice(2));
}
