/** One element of X-Forwarded-Client-Cert: the certificate that one proxy saw, by field. */
export type XfccElement = Readonly<Partial<Record<"By" | "Hash" | "URI" | "Subject", string>>> & {
  readonly DNS: readonly string[];
};

/**
 * Parses X-Forwarded-Client-Cert. A comma separates elements, a semicolon separates fields, and quotes protect both.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-client-cert
 */
export function parseXfcc(header: string): XfccElement[] {
  return split(header, ",").map((element) => {
    const fields = split(element, ";").map((field): [string, string] => {
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
  // Quoted text, in which a backslash escapes a quote, or anything but the separator.
  const part = new RegExp(String.raw`(?:"(?:\\.|[^"\\])*"|[^"${separator}])+`, "g");
  return text.match(part) ?? [];
}

function unquote(value: string): string {
  return value.replace(/^"(.*)"$/, "$1").replaceAll('\\"', '"');
}

/** The header that reached httpbin, from its answer to /headers. */
export function readXfcc(body: string): string | undefined {
  const { headers } = JSON.parse(body) as {
    readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  };
  const value = headers?.["X-Forwarded-Client-Cert"];
  // go-httpbin answers with a list of values, Python's httpbin with a string.
  return typeof value === "object" ? value.join(",") : value;
}
