package checks

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/setup"
)

// A right that whoever runs set-up lacks is named, and the others are still tried.
func TestAMissingRightAtAmazonConnectIsNamed(t *testing.T) {
	for refused, want := range map[string]string{
		"": "may be read", "/approved-origins/": "connect:ListApprovedOrigins", "/phone-number/": "connect:ListPhoneNumbersV2",
		"/users-summary/": "connect:ListUsers", "/agent-status/": "connect:ListAgentStatuses",
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if path := r.URL.Path + "/"; refused != "" && strings.Contains(path, refused) {
				w.Header().Set("X-Amzn-Errortype", "AccessDeniedException")
				w.WriteHeader(http.StatusForbidden)
			}
			_, _ = io.WriteString(w, `{}`)
		}))
		centre, err := amazonconnect.New(t.Context(), amazonconnect.Config{
			Region: "us-east-1", Endpoint: server.URL, AccessKeyID: "AKIA", SecretAccessKey: "s", Unlimited: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		on := On{Site: setup.Site{
			Platforms: setup.Platforms{Connect: centre}, Instance: amazonconnect.Instance{ID: "i", ARN: "arn:i", Alias: "desk"},
		}}
		found, err := connectReadable(t.Context(), on)
		verdict := setup.Failed
		if refused == "" {
			verdict = setup.Passed
		}
		if err != nil || len(found) != 1 || found[0].Verdict != verdict || !strings.Contains(found[0].What, want) {
			t.Errorf("without %q: %+v, %v; want %s", refused, found, err, want)
		}
		server.Close()
	}
}
