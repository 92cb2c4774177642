/** One hop of X-Forwarded-Client-Cert: the certificate that a proxy saw, by field. */
export type XfccElement = Readonly<Partial<Record<"By" | "Hash" | "URI" | "Subject", string>>> & {
  readonly DNS: readonly string[];
};

/**
 * Takes apart X-Forwarded-Client-Cert: hops by `,`, fields by `;`, values in quotes where they hold either.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-client-cert
 */
export function parseXfcc(header: string): XfccElement[] {
  return split(header, ",").map((hop) => {
    const fields = split(hop, ";").map((field): [string, string] => {
      const equals = field.indexOf("=");
      return [field.slice(0, equals), unquote(field.slice(equals + 1))];
    });
    return {
      ...Object.fromEntries(fields),
      DNS: fields.filter(([name]) => name === "DNS").map(([, value]) => value),
    };
  });
}

function split(text: string, separator: string): string[] {
  // Quoted stretches, in which a backslash takes away a quote's meaning, and anything but the separator.
  const part = new RegExp(String.raw`(?:"(?:\\.|[^"\\])*"|[^"${separator}])+`, "g");
  return text.match(part) ?? [];
}

function unquote(value: string): string {
  return value.replace(/^"(.*)"$/, "$1").replaceAll('\\"', '"');
}

/** The header as httpbin saw it, from its answer to /headers. */
export function xfccIn(body: string): string | undefined {
  const { headers } = JSON.parse(body) as {
    readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  };
  const value = headers?.["X-Forwarded-Client-Cert"];
  // go-httpbin has a list of values, Python's httpbin a text.
  return typeof value === "object" ? value.join(",") : value;
}
