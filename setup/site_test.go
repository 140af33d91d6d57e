package setup

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/internal/config"
)

// coded is an error with a code, as the SDK gives them.
type coded struct{ code, text string }

func (c coded) Error() string     { return c.code + ": " + c.text }
func (c coded) ErrorCode() string { return c.code }

func TestRefusalsOfTheContactCentreNameTheField(t *testing.T) {
	centre := config.Centre{Region: "eu-west-2", Alias: "desk"}
	for _, tc := range []struct {
		name  string
		err   error
		field string
		says  string
	}{
		{"a wrong alias", amazonconnect.ErrNoInstance, "setup.amazon_connect.alias", "desk"},
		{
			"a wrong region", coded{"InvalidSignatureException", "Credential should be scoped to a valid region"},
			"setup.amazon_connect.region", "eu-west-2",
		},
		{"a wrong secret", coded{"InvalidSignatureException", "does not match"}, "setup.amazon_connect", "secret access key"},
		{"a wrong key", coded{"UnrecognizedClientException", ""}, "setup.amazon_connect", "AWS_ACCESS_KEY_ID"},
		{"an expired session", coded{"ExpiredTokenException", ""}, "setup.amazon_connect", "aws sso login"},
		{"too few rights", coded{"AccessDeniedException", ""}, "setup.amazon_connect", "connect:ListInstances"},
		{"an account that is busy", coded{"ThrottlingException", ""}, "setup.amazon_connect", "try again later"},
		{"no credentials", errors.New("failed to refresh cached credentials"), "setup.amazon_connect", "AWS_ACCESS_KEY_ID"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, ok := errors.AsType[*config.Error](connectError(tc.err, centre))
			if !ok || got.Field != tc.field || !strings.Contains(got.Message, tc.says) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestSessionOfTheCommandLine(t *testing.T) {
	const display = "org display --json --target-org desk"
	const show = "org auth show-access-token --json --target-org desk"
	for _, tc := range []struct {
		name    string
		answers map[string]string
		err     error
		token   string
		says    string
	}{
		{
			"an older command shows the token itself",
			map[string]string{display: `{"result":{"id":"00D1","instanceUrl":"https://x.my.salesforce.com/","accessToken":"00D1!secret"}}`},
			nil, "00D1!secret", "",
		},
		{
			"a newer one has a command for it",
			map[string]string{
				display: `{"result":{"id":"00D1","instanceUrl":"https://x.my.salesforce.com",` +
					`"accessToken":"[REDACTED] Use another command"}}`,
				show: `{"result":{"accessToken":"00D1!secret"}}`,
			},
			nil, "00D1!secret", "",
		},
		{
			"an org it does not know",
			map[string]string{display: `{"message":"No authorization information found for desk."}`}, nil, "",
			"sf org login web --alias desk",
		},
		{"no command at all", nil, exec.ErrNotFound, "", "not installed"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			run := func(_ context.Context, name string, args ...string) ([]byte, error) {
				if name != "sf" {
					t.Errorf("ran %s", name)
				}
				return []byte(tc.answers[strings.Join(args, " ")]), tc.err
			}
			s, err := cliSession(t.Context(), "desk", Ways{Run: run})
			right := err == nil && s.InstanceURL == "https://x.my.salesforce.com"
			if tc.says != "" {
				right = err != nil && strings.Contains(err.Error(), tc.says)
			}
			if !right || s.AccessToken.Expose() != tc.token {
				t.Errorf("got %q at %s, %v", s.AccessToken.Expose(), s.InstanceURL, err)
			}
		})
	}
}
