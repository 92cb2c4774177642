package tls

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"net"
	"net/url"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"lab/engine/internal/bridged"
)

// subjectField describes a distinguished name.
var subjectField = bridged.Field{Kind: bridged.Object, Fields: map[string]bridged.Field{
	"commonName": {Kind: bridged.String}, "organization": {Kind: bridged.String},
	"organizationalUnit": {Kind: bridged.String}, "streetAddresses": {Kind: bridged.Strings},
	"locality": {Kind: bridged.String}, "province": {Kind: bridged.String}, "country": {Kind: bridged.String},
	"postalCode": {Kind: bridged.String}, "serialNumber": {Kind: bridged.String},
	"emailAddress": {Kind: bridged.String},
}}

func subject(in resource.PropertyMap) pkix.Name {
	var name pkix.Name
	value, ok := in["subject"]
	if !ok || !value.IsObject() {
		return name
	}
	props := value.ObjectValue()
	text := func(key resource.PropertyKey) string {
		if v := props[key]; v.IsString() {
			return v.StringValue()
		}
		return ""
	}
	list := func(key resource.PropertyKey) []string {
		if v := text(key); v != "" {
			return []string{v}
		}
		return nil
	}
	name.CommonName, name.SerialNumber = text("commonName"), text("serialNumber")
	name.Organization, name.OrganizationalUnit = list("organization"), list("organizationalUnit")
	name.Locality, name.Province = list("locality"), list("province")
	name.Country, name.PostalCode = list("country"), list("postalCode")
	name.StreetAddress = stringsOf(props, "streetAddresses")
	if mail := text("emailAddress"); mail != "" {
		name.ExtraNames = append(name.ExtraNames, pkix.AttributeTypeAndValue{
			Type:  asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 1},
			Value: asn1.RawValue{Tag: asn1.TagIA5String, Bytes: []byte(mail)},
		})
	}
	return name
}

// sans are subject alternative names.
type sans struct {
	dns  []string
	ips  []net.IP
	uris []*url.URL
}

func subjectAltNames(in resource.PropertyMap) (sans, error) {
	out := sans{dns: stringsOf(in, "dnsNames")}
	for _, text := range stringsOf(in, "ipAddresses") {
		ip := net.ParseIP(text)
		if ip == nil {
			return out, fmt.Errorf("ipAddresses must be IP addresses (got %q)", text)
		}
		out.ips = append(out.ips, ip)
	}
	for _, text := range stringsOf(in, "uris") {
		uri, err := url.Parse(text)
		if err != nil {
			return out, fmt.Errorf("uris must be URIs: %w", err)
		}
		out.uris = append(out.uris, uri)
	}
	return out, nil
}

func stringsOf(in resource.PropertyMap, name resource.PropertyKey) []string {
	value, ok := in[name]
	if !ok || !value.IsArray() {
		return nil
	}
	var out []string
	for _, one := range value.ArrayValue() {
		out = append(out, one.StringValue())
	}
	return out
}
