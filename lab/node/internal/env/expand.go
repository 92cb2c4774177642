// Package env works out the environment of a container.
package env

import "strings"

// Expand replaces $(NAME) by the value of a known variable. $$ stands for $, and a reference to an unknown
// variable stays as it is.
func Expand(text string, lookup func(string) (string, bool)) string {
	var out strings.Builder
	for {
		at := strings.IndexByte(text, '$')
		if at < 0 || at+1 == len(text) {
			return out.String() + text
		}
		out.WriteString(text[:at])
		text = text[at:]
		switch text[1] {
		case '$':
			out.WriteByte('$')
			text = text[2:]
			continue
		case '(':
			if end := strings.IndexByte(text, ')'); end >= 0 {
				if value, known := lookup(text[2:end]); known {
					out.WriteString(value)
				} else {
					out.WriteString(text[:end+1])
				}
				text = text[end+1:]
				continue
			}
		}
		out.WriteString(text[:2])
		text = text[2:]
	}
}
