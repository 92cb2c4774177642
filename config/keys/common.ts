import { DEFAULT_ISTIO_CHARTS } from "../../components/istio/default-charts";
import { gkeSettings } from "../../components/gke/settings";
import { istioValues } from "../../components/istio/istio-values";
import { revisionName } from "../../components/istio/revision";
import { observabilitySettings } from "../../components/observability/settings";
import { givenCa } from "../../components/pki/given-ca";
import { certificateLifetimes } from "../../components/pki/lifetimes";
import { chartSource } from "../../validation/chart-source";
import { chartVersion, nonEmpty, objectName, oneOf, trustDomain } from "../../validation/fields";
import { emptyAsUnset, key } from "../key";
import { APPLICATION_NAMESPACE } from "./application-namespace";
import { existingIstio } from "./common-existing-istio";
import { istioCanary } from "./common-istio-canary";

/** Keys of both stacks. */
export const commonKeys = {
  /** Which stack this is: `server` runs the services, `client` calls them. */
  role: key(oneOf("server", "client")),
  /** Where the cluster comes from: `gke` creates one, `kubeconfig` uses an existing one. */
  cluster: key(oneOf("gke", "kubeconfig"), "gke"),
  /**
   * With cluster `kubeconfig`: the cluster's kubeconfig, as a path or as its contents. The contents hold credentials, so
   * set them with `--secret`.
   */
  kubeconfig: key(emptyAsUnset(nonEmpty), ""),
  /**
   * With cluster `kubeconfig`: the context of the kubeconfig to use.
   *
   * @default "" (the current context)
   */
  kubeContext: key(emptyAsUnset(nonEmpty), ""),
  /**
   * With cluster `gke`: the settings of the cluster and its network. `project` and `region` are required.
   *
   * @default {} (none)
   */
  gke: key(emptyAsUnset(gkeSettings), {}),
  /**
   * Trust domain of this stack's mesh (DNS name). Each mesh needs its own. With `existingIstio`, it is only the name of this stack
   * in the certificates between the meshes.
   */
  trustDomain: key(trustDomain),
  /** Namespace of the application, with sidecar injection. The stack creates it, or uses an existing one, and never deletes it. */
  namespace: key(objectName, APPLICATION_NAMESPACE),
  /** The lowest TLS version between the meshes, 1.2 or 1.3: this stack refuses a lower one from the other mesh. */
  minTlsVersion: key(oneOf("1.2", "1.3"), "1.2"),
  /** Version of the Istio charts. */
  istioVersion: key(chartVersion, DEFAULT_ISTIO_CHARTS.version),
  /**
   * Name of the Istio revision that runs `istioVersion`; `default` is the unnamed revision. It changes when a canary
   * takes over.
   *
   * @see https://istio.io/latest/docs/setup/upgrade/canary/
   */
  istioRevision: key(revisionName, "default"),
  /**
   * A second control plane, while you upgrade Istio.
   *
   * @default {} (none)
   */
  istioCanary: key(emptyAsUnset(istioCanary), {}),
  /** Where the Istio charts come from: a repository (https://…), a registry (oci://…), or a folder with a folder per chart. */
  istioCharts: key(chartSource, DEFAULT_ISTIO_CHARTS.source),
  /**
   * Helm values for the Istio charts. They override the program's own values. A preview does not check them against the charts.
   * The program follows `istiod.global.proxy.clusterDomain`, the domain of a cluster that does not use `cluster.local`.
   */
  istioValues: key(istioValues, {}),
  /**
   * Which requests the sidecars of `namespace` log: `failed`, or `all`. Failed ones have status 400 or above, or were cut off. The gateways
   * log every request.
   *
   * @see https://istio.io/latest/docs/tasks/observability/logs/telemetry-api/
   */
  sidecarAccessLogs: key(oneOf("failed", "all"), "failed"),
  /**
   * An Istio that the cluster has already: the stack installs its gateway beside it, and no control plane.
   *
   * @default {} (none, the stack installs Istio)
   */
  existingIstio: key(emptyAsUnset(existingIstio), {}),
  /**
   * How long certificates are valid. The first `pulumi up` in the last third of a certificate's validity renews it.
   *
   * @default {} (10 years for the root, 1 year for intermediates, 90 days for leaves)
   */
  certificates: key(certificateLifetimes, {}),
  /**
   * An intermediate CA of your own PKI for this stack's mesh, in place of the program's own root and intermediates. The
   * program still signs the gateway's leaf with it.
   *
   * @default {} (none)
   */
  givenCa: key(emptyAsUnset(givenCa), {}),
  /**
   * Monitoring of the gateways: Prometheus, Grafana and Kiali, or what the cluster already runs.
   *
   * @default {} (none)
   */
  observability: key(emptyAsUnset(observabilitySettings), {}),
};
