import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

import { privateKey } from "./private-key";

/** Inputs of {@link SigningRequest}. */
export interface SigningRequestArgs {
  /** Common name of the intermediate CA, for people to know it by. */
  readonly commonName: string;
}

/** A key made where it is used, and the request to have its certificate signed elsewhere. */
export class SigningRequest extends pulumi.ComponentResource {
  /** The private key (PEM), a secret. */
  public readonly privateKeyPem: pulumi.Output<string>;
  /** The signing request (PKCS #10, PEM). Holds no secret. */
  public readonly requestPem: pulumi.Output<string>;

  constructor(name: string, args: SigningRequestArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mtls:index:SigningRequest", name, {}, opts);

    const key = privateKey(`${name}-key`, { parent: this });
    const request = new tls.CertRequest(
      `${name}-request`,
      {
        privateKeyPem: key.privateKeyPem,
        subject: { commonName: args.commonName },
      },
      { parent: this },
    );

    this.privateKeyPem = pulumi.secret(key.privateKeyPem);
    this.requestPem = request.certRequestPem;
    this.registerOutputs();
  }
}
