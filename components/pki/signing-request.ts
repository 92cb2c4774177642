import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

import { Component } from "../component";
import { ECDSA_P256 } from "./key-type";

/** Inputs of {@link SigningRequest}. */
export interface SigningRequestArgs {
  /** Common name of the intermediate CA. People recognize it by this name; nothing checks it. */
  readonly commonName: string;
}

/**
 * A private key that stays where it is used, and a request to have its certificate signed elsewhere.
 *
 * @example
 * const request = new SigningRequest("partner-ca", { commonName: "partner intermediate CA" });
 */
export class SigningRequest extends Component {
  /** The private key (PEM), a secret. */
  public readonly privateKeyPem: pulumi.Output<string>;
  /** The public key (PEM). */
  public readonly publicKeyPem: pulumi.Output<string>;
  /** The signing request (PKCS #10, PEM). Contains no secret. */
  public readonly requestPem: pulumi.Output<string>;

  constructor(name: string, args: SigningRequestArgs, opts?: pulumi.ComponentResourceOptions) {
    super("SigningRequest", name, opts);

    const key = new tls.PrivateKey(`${name}-key`, ECDSA_P256, { parent: this });
    const request = new tls.CertRequest(
      `${name}-request`,
      {
        privateKeyPem: key.privateKeyPem,
        subject: { commonName: args.commonName },
      },
      { parent: this, protect: false },
    );

    this.privateKeyPem = pulumi.secret(key.privateKeyPem);
    this.publicKeyPem = key.publicKeyPem;
    this.requestPem = request.certRequestPem;
  }
}
