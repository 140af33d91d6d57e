package setup

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/amazonconnect"
)

func TestExamplesLoad(t *testing.T) {
	for _, name := range []string{"sandbox", "real-org"} {
		t.Run(name, func(t *testing.T) {
			c, err := Load("../examples/" + name + ".yaml")
			if err != nil {
				t.Fatal(err)
			}
			if got := c.StateFile(); got != "../examples/"+name+".setup-state.json" {
				t.Errorf("state in %s", got)
			}
			if len(c.Steps(Site{})) < 14 || len(c.users()) == 0 {
				t.Errorf("%d steps for %v", len(c.Steps(Site{})), c.users())
			}
		})
	}
}

func TestWrongConfigurationNamesItsField(t *testing.T) {
	example, err := os.ReadFile("../examples/sandbox.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ name, from, to, says string }{
		{"the adapter's address has a path", "public_url: http://localhost:8082", "public_url: http://localhost:8082/x", "public_url"},
		{"the org's address is none", "login_url: http://localhost:8080", "login_url: my-org", "salesforce.login_url"},
		{"no integration user", "  username: admin@patchcord.example     #", "  username: '' #", "salesforce.username"},
		{"no alias", "alias: patchcord-demo", "alias: ''", "setup.amazon_connect.alias"},
		{"a region that is none", "region: us-east-1", "region: Virginia", "setup.amazon_connect.region"},
		{"an unknown permission set", "AC_Agent:", "Agents:", "setup.people"},
		{"an empty user name", "AC_Agent: [agent@patchcord.example]", "AC_Agent: ['']", "setup.people.AC_Agent"},
		{"a status that logs nobody out", "logout_status: Logout", "logout_status: Bye", "setup.logout_status"},
		{"two ways to sign in", "    password: Patchcord-2026", "    password: Patchcord-2026\n    sf: my-org", "setup.salesforce"},
		{"no way to sign in", "    password: Patchcord-2026", "", "setup.salesforce"},
		{"a misspelt key", "logout_status:", "logoutstatus:", "logoutstatus"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text := strings.Replace(string(example), tc.from, tc.to, 1)
			if text == string(example) {
				t.Fatalf("the example has no %q", tc.from)
			}
			if _, err := Parse([]byte(text)); err == nil || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("err = %v, want one that names %s", err, tc.says)
			}
		})
	}
}

// coded is an error with a code, as the SDK gives them.
type coded struct{ code, text string }

func (c coded) Error() string     { return c.code + ": " + c.text }
func (c coded) ErrorCode() string { return c.code }

func TestRefusalsOfTheContactCentreNameTheField(t *testing.T) {
	centre := Centre{Region: "eu-west-2", Alias: "desk"}
	for _, tc := range []struct {
		name  string
		err   error
		field string
		says  string
	}{
		{"a wrong alias", amazonconnect.ErrNoInstance, "setup.amazon_connect.alias", "desk"},
		{"a wrong region", coded{"InvalidSignatureException", "Credential should be scoped to a valid region"}, "setup.amazon_connect.region", "eu-west-2"},
		{"a wrong secret", coded{"InvalidSignatureException", "does not match"}, "setup.amazon_connect", "secret access key"},
		{"a wrong key", coded{"UnrecognizedClientException", ""}, "setup.amazon_connect", "AWS_ACCESS_KEY_ID"},
		{"an expired session", coded{"ExpiredTokenException", ""}, "setup.amazon_connect", "aws sso login"},
		{"too few rights", coded{"AccessDeniedException", ""}, "setup.amazon_connect", "connect:ListInstances"},
		{"an account that is busy", coded{"ThrottlingException", ""}, "setup.amazon_connect", "try again later"},
		{"no credentials", errors.New("failed to refresh cached credentials"), "setup.amazon_connect", "AWS_ACCESS_KEY_ID"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, ok := errors.AsType[*ConfigError](connectError(tc.err, centre))
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
		{"an older command shows the token itself", map[string]string{display: `{"result":{"id":"00D1","instanceUrl":"https://x.my.salesforce.com/","accessToken":"00D1!secret"}}`}, nil, "00D1!secret", ""},
		{"a newer one has a command for it", map[string]string{display: `{"result":{"id":"00D1","instanceUrl":"https://x.my.salesforce.com","accessToken":"[REDACTED] Use another command"}}`, show: `{"result":{"accessToken":"00D1!secret"}}`}, nil, "00D1!secret", ""},
		{"an org it does not know", map[string]string{display: `{"message":"No authorization information found for desk."}`}, nil, "", "sf org login web --alias desk"},
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
			if s.AccessToken.Expose() != tc.token || tc.says == "" && (err != nil || s.InstanceURL != "https://x.my.salesforce.com") || tc.says != "" && (err == nil || !strings.Contains(err.Error(), tc.says)) {
				t.Errorf("got %q at %s, %v", s.AccessToken.Expose(), s.InstanceURL, err)
			}
		})
	}
}
