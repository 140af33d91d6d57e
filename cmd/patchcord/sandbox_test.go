//go:build !lean

package main

import (
	"strings"
	"testing"
)

// A person who reads only the greeting can call the agent, and be called.
func TestTheGreetingTellsHowToCallAndBeCalled(t *testing.T) {
	said := greeting(readyLine{CRM: "http://localhost:8080", Connect: "http://localhost:8083", Phone: "http://localhost:8083/phone",
		SIP: "sip:127.0.0.1:5062", Users: []readyUser{{Role: "administrator"}, {Role: "agent", Username: "amelia@x", Password: "p",
			ConnectUsername: "amelia", ConnectPassword: "q"}}}, "/tmp/state")
	moved := greeting(readyLine{Connect: "http://localhost:9083", SIP: "sip:127.0.0.1:5062", Users: []readyUser{{Role: "agent"}}}, "")
	if want := "patchcord call --sip 127.0.0.1:5062 --connect http://localhost:9083\n"; !strings.Contains(moved, want) {
		t.Errorf("%q is missing from\n%s", want, moved)
	}
	for _, want := range []string{"log in as    amelia@x  p\n", "sign in as   amelia  q\n", "patchcord call --sip 127.0.0.1:5062\n",
		"http://localhost:8083/phone", "patchcord call --answer --sip 127.0.0.1:5062 ", "/tmp/state"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is missing from\n%s", want, said)
		}
	}
}
