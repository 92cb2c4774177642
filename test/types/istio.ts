import type { IDestinationRule } from "@kubernetes-models/istio/networking.istio.io/v1/DestinationRule";
import type { IGateway } from "@kubernetes-models/istio/networking.istio.io/v1/Gateway";
import type { IServiceEntry } from "@kubernetes-models/istio/networking.istio.io/v1/ServiceEntry";
import type { IVirtualService } from "@kubernetes-models/istio/networking.istio.io/v1/VirtualService";
import type { ISidecar } from "@kubernetes-models/istio/networking.istio.io/v1/Sidecar";
import type { IEnvoyFilter } from "@kubernetes-models/istio/networking.istio.io/v1alpha3/EnvoyFilter";
import type { IProxyConfig } from "@kubernetes-models/istio/networking.istio.io/v1beta1/ProxyConfig";
import type { IAuthorizationPolicy } from "@kubernetes-models/istio/security.istio.io/v1/AuthorizationPolicy";
import type { IPeerAuthentication } from "@kubernetes-models/istio/security.istio.io/v1/PeerAuthentication";
import type { ITelemetry } from "@kubernetes-models/istio/telemetry.istio.io/v1/Telemetry";
import type * as pulumi from "@pulumi/pulumi";

import type { AuthorizationPolicySpec } from "../../components/istio/objects/authorization-policy";
import type { DestinationRuleSpec } from "../../components/istio/objects/destination-rule";
import type { EnvoyFilterSpec } from "../../components/istio/objects/envoy-filter";
import type { GatewaySpec } from "../../components/istio/objects/gateway";
import type { PeerAuthenticationSpec } from "../../components/istio/objects/peer-authentication";
import type { ProxyConfigSpec } from "../../components/istio/objects/proxy-config";
import type { ServiceEntrySpec } from "../../components/istio/objects/service-entry";
import type { SidecarSpec } from "../../components/istio/objects/sidecar";
import type { TelemetrySpec } from "../../components/istio/objects/telemetry";
import type { VirtualServiceSpec } from "../../components/istio/objects/virtual-service";

/** A plain model whose parts may also be outputs. */
type DeepInput<T> = pulumi.Input<T extends object ? { [K in keyof T]: DeepInput<T[K]> } : T>;

/** Compiles only while our type is one that the CRD of Istio accepts. */
type Conforms<Ours extends DeepInput<NonNullable<Crd>>, Crd> = Ours;

export type Checked = [
  Conforms<AuthorizationPolicySpec, IAuthorizationPolicy["spec"]>,
  Conforms<DestinationRuleSpec, IDestinationRule["spec"]>,
  Conforms<EnvoyFilterSpec, IEnvoyFilter["spec"]>,
  Conforms<GatewaySpec, IGateway["spec"]>,
  Conforms<PeerAuthenticationSpec, IPeerAuthentication["spec"]>,
  Conforms<ProxyConfigSpec, IProxyConfig["spec"]>,
  Conforms<ServiceEntrySpec, IServiceEntry["spec"]>,
  Conforms<SidecarSpec, ISidecar["spec"]>,
  Conforms<TelemetrySpec, ITelemetry["spec"]>,
  Conforms<VirtualServiceSpec, IVirtualService["spec"]>,
];
