/** The parts of Istio's objects from which discover.ts reads. */
export interface IstioObject<Spec> {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: Spec;
}

export interface GatewaySpec {
  readonly selector: Readonly<Record<string, string>>;
  readonly servers: readonly {
    readonly hosts: readonly string[];
    readonly tls: {
      readonly credentialName?: string;
      readonly minProtocolVersion?: string;
      readonly subjectAltNames?: readonly string[];
    };
  }[];
}

export interface AuthorizationPolicySpec {
  readonly action: "ALLOW" | "DENY";
  readonly rules?: readonly {
    readonly from?: readonly {
      readonly source: {
        readonly principals?: readonly string[];
        readonly notPrincipals?: readonly string[];
      };
    }[];
    readonly to?: readonly { readonly operation: { readonly hosts?: readonly string[] } }[];
  }[];
}

export interface ServiceEntrySpec {
  readonly hosts: readonly string[];
  readonly ports: readonly { readonly targetPort: number }[];
  readonly endpoints: readonly { readonly address: string }[];
}

export interface DestinationRuleSpec {
  readonly host: string;
  readonly trafficPolicy?: {
    readonly tls?: { readonly mode?: string; readonly credentialName?: string };
  };
}

export interface VirtualServiceSpec {
  readonly hosts: readonly string[];
  readonly http: readonly {
    readonly route: readonly {
      readonly destination: { readonly host: string; readonly port?: { readonly number: number } };
    }[];
  }[];
}
