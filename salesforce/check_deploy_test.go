package salesforce

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// Asking differs from deploying in the option alone: the errors are the same.
func TestCheckDeploy(t *testing.T) {
	asked := ""
	c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			body, _ := io.ReadAll(r.Body)
			asked = string(body)
			_, _ = io.WriteString(w, `{"id":"0Af1"}`)
			return
		}
		_, _ = io.WriteString(w, `{"deployResult":{"done":true,"success":false,"status":"Failed",`+
			`"details":{"componentFailures":`+
			`{"componentType":"Layout","fullName":"X","fileName":"layouts/X.layout","problem":"no"}}}}`)
	})
	for want, call := range map[string]func() error{
		`"checkOnly":true`:  func() error { return c.CheckDeploy(t.Context(), []byte("zip"), nil) },
		`"checkOnly":false`: func() error { return c.Deploy(t.Context(), []byte("zip"), nil) },
	} {
		err := call()
		if err == nil || err.Error() != "deployment failed; Layout X: no" || !strings.Contains(asked, want) {
			t.Errorf("%v, sent %s", err, asked)
		}
	}
}

func TestListMetadata(t *testing.T) {
	calls := 0
	c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		calls++
		body, _ := io.ReadAll(r.Body)
		listed := ""
		for _, kind := range []string{"A", "B", "C", "D"} {
			if strings.Contains(string(body), "<queries><type>"+kind+"</type></queries>") {
				listed += "<result><fullName>one of " + kind + "</fullName><type>" + kind + "</type></result>"
			}
		}
		_, _ = fmt.Fprintf(w, envelope, "<listMetadataResponse>"+listed+"</listMetadataResponse>")
	})
	got, err := c.ListMetadata(t.Context(), "A", "B", "C", "D")
	want := []Member{{"A", "one of A"}, {"B", "one of B"}, {"C", "one of C"}, {"D", "one of D"}}
	if err != nil || calls != 2 || !slices.Equal(got, want) {
		t.Errorf("%v %v in %d calls", got, err, calls)
	}
}

func TestSelf(t *testing.T) {
	c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/services/data/v67.0" {
			t.Errorf("asked %s", r.URL.Path)
		}
		_, _ = io.WriteString(w, `{"identity":"https://login.salesforce.com/id/00D1/005A","query":"/query"}`)
	})
	if id, err := c.Self(t.Context()); err != nil || id != "005A" {
		t.Errorf("%q %v", id, err)
	}
}

// An org that began with a deployment or an installation goes on with it, whether or not it can be asked how it ended.
func TestAnEndThatCannotBeAskedForIsUnknown(t *testing.T) {
	refused := ""
	c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == refused {
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, `[{"errorCode":"INSUFFICIENT_ACCESS","message":"no"}]`)
			return
		}
		_, _ = io.WriteString(w, `{"id":"0Af1","success":true}`)
	})
	for what, call := range map[string]func() error{
		"deployment":   func() error { return c.Deploy(t.Context(), []byte("zip"), nil) },
		"installation": func() error { return c.InstallPackage(t.Context(), "04t1") },
	} {
		for method, unknown := range map[string]bool{http.MethodPost: false, http.MethodGet: true} {
			refused = method
			err := call()
			if !IsCode(err, "INSUFFICIENT_ACCESS") || errors.Is(err, ErrOutcomeUnknown) != unknown {
				t.Errorf("%s, %s refused: %v; want an unknown end: %t", what, method, err, unknown)
			}
		}
	}
}
