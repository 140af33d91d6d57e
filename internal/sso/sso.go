// Package sso reads the two fields of an adapter record that say where agents sign in whose instance has no users of its own.
//
// Read first: LoginURL.
package sso

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// LoginURL is the identity provider's address that ends at the instance: SSO Url up to its first question mark, and SSO Relay State behind
// it. What follows a question mark in SSO Url may stand there, in SSO Relay State, or in both; "" for no single sign-on. An error is a
// sentence that names the field. Source: the original adapter's manual.
func LoginURL(address, relayState string) (string, error) {
	address, relayState = strings.TrimSpace(address), strings.TrimLeft(strings.TrimSpace(relayState), "?&")
	if address == "" && relayState == "" {
		return "", nil
	}
	base, query, _ := strings.Cut(address, "?")
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && (u.Scheme != "http" || !local(u.Hostname())) {
		return "", errors.Join(fmt.Errorf("SSO Url (%q) is no address: enter the identity provider's log-in address, "+
			"beginning with https", address), err)
	}
	if query != "" && relayState != query && !strings.HasPrefix(relayState, query+"&") {
		relayState = strings.TrimRight(query+"&"+relayState, "&")
	}
	if relayState == "" {
		return base, nil
	}
	whole := base + "?" + relayState
	if _, err := url.Parse(whole); err != nil {
		return "", fmt.Errorf("SSO Relay State cannot follow a question mark in an address: %w", err)
	}
	return whole, nil
}

func local(host string) bool { return host == "localhost" || host == "127.0.0.1" }
