package arch

import (
	"go/parser"
	"testing"
)

// maxMethods is how much one type may do before nobody can say what it is.
const maxMethods = 60

// large are types that may have more, with the reason.
var large = map[string]string{
	"sandbox/connect/Centre": "the floor is one state under one lock; it is cut when the contact centre grows",
}

func TestNoTypeDoesEverything(t *testing.T) {
	count, err := Methods(root, tree(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, n := range count {
		if n > maxMethods && large[name] == "" {
			t.Errorf("%s has %d methods, more than %d", name, n, maxMethods)
		}
	}
	for name := range large {
		if count[name] <= maxMethods {
			t.Errorf("%s needs no exception: it has %d methods", name, count[name])
		}
	}
}

func TestReceiverType(t *testing.T) {
	for in, want := range map[string]string{"Hub": "Hub", "*Hub": "Hub", "*Door[A]": "Door", "Pair[K, V]": "Pair"} {
		e, err := parser.ParseExpr(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := receiverType(e); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}
