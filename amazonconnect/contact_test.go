package amazonconnect

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUpdateAttributes(t *testing.T) {
	var got map[string]any
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method+" "+r.URL.Path != "POST /contact/attributes" || json.NewDecoder(r.Body).Decode(&got) != nil {
			t.Errorf("%s %s", r.Method, r.URL)
		}
		if got["InitialContactId"] == "gone" {
			w.Header().Set("X-Amzn-Errortype", "ResourceNotFoundException")
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = w.Write([]byte("{}"))
	}))
	defer server.Close()
	c, err := New(t.Context(), Config{Region: "us-east-1", Endpoint: server.URL, AccessKeyID: "AKIA", SecretAccessKey: "s", Unlimited: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.UpdateAttributes(t.Context(), "i", "c-1", map[string]string{"case": "500"}); err != nil {
		t.Error(err)
	}
	want := map[string]any{"InstanceId": "i", "InitialContactId": "c-1", "Attributes": map[string]any{"case": "500"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if err := c.UpdateAttributes(t.Context(), "i", "gone", map[string]string{"case": "500"}); err == nil {
		t.Error("a contact that is not there has attributes")
	}
}
