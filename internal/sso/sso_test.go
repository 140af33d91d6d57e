package sso

import (
	"strings"
	"testing"
)

func TestLoginURL(t *testing.T) {
	const relay = "RelayState=https://us-east-1.console.aws.amazon.com/connect/federate/i-1?destination=%2Fconnect%2Fccp"
	for _, tc := range []struct{ name, address, relay, want, wrong string }{
		{"nothing", "", " ", "", ""},
		{"as the guide writes it", "https://idp.example/login", "&" + relay, "https://idp.example/login?" + relay, ""},
		{"what followed the question mark stands in the relay state", "https://idp.example/login", "app=1&" + relay,
			"https://idp.example/login?app=1&" + relay, ""},
		{"the whole address", "https://idp.example/login?app=1", "&" + relay, "https://idp.example/login?app=1&" + relay, ""},
		{"in both", "https://idp.example/login?app=1", "app=1&" + relay, "https://idp.example/login?app=1&" + relay, ""},
		{"only an address", "https://idp.example/start", "", "https://idp.example/start", ""},
		{"on this machine", "http://localhost:9000/idp", "", "http://localhost:9000/idp", ""},
		{"no TLS", "http://idp.example/login", "", "", "SSO Url"},
		{"a script", "javascript:alert(1)", "", "", "SSO Url"},
		{"a password in it", "https://u:p@idp.example/", "", "", "SSO Url"},
		{"only a relay state", "", relay, "", "SSO Url"},
		{"what is no query", "https://idp.example/", "a=\x7f", "", "SSO Relay State"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := LoginURL(tc.address, tc.relay)
			if got != tc.want || (err != nil) != (tc.wrong != "") || err != nil && !strings.Contains(err.Error(), tc.wrong) {
				t.Errorf("%q, %v; want %q, %q", got, err, tc.want, tc.wrong)
			}
		})
	}
}
